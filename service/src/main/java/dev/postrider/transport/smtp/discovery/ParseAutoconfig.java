package dev.postrider.transport.smtp.discovery;

import dev.postrider.outbound.lookup.HostName;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Reads the file of the autoconfig convention that Thunderbird began: the first {@code
 * outgoingServer} of type smtp that wants TLS and a password.
 */
final class ParseAutoconfig {
    private ParseAutoconfig() {}

    static Optional<SmtpServer> outgoing(byte[] xml) {
        try {
            var document = parser().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
            var servers = document.getElementsByTagName("outgoingServer");
            for (var i = 0; i < servers.getLength(); i++) {
                var server = server((Element) servers.item(i));
                if (server.isPresent()) {
                    return server;
                }
            }
            return Optional.empty();
        } catch (SAXException | IOException _) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without document types: they are how XML reads files and calls out. */
    private static DocumentBuilderFactory parser() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory;
    }

    private static Optional<SmtpServer> server(Element element) {
        var port = text(element, "port");
        var tls =
                switch (text(element, "socketType")) {
                    case "SSL" -> Optional.of(TlsMode.IMPLICIT);
                    case "STARTTLS" -> Optional.of(TlsMode.STARTTLS);
                    case String _ -> Optional.<TlsMode>empty();
                };
        var host = HostName.parse(text(element, "hostname"));
        if (!element.getAttribute("type").equals("smtp")
                || host.isEmpty()
                || tls.isEmpty()
                || !port.matches("[1-9][0-9]{0,4}")) {
            return Optional.empty();
        }
        return Optional.of(
                new SmtpServer(host.get(), Integer.parseInt(port), tls.get(), Optional.empty()));
    }

    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
