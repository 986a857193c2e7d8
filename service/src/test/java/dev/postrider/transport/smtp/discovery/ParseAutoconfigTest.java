package dev.postrider.transport.smtp.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParseAutoconfigTest {
    private static final String PLAIN = outgoing("smtp", "mail.example.org", "25", "plain");
    private static final String TLS = outgoing("smtp", "Mail.Example.org", "465", "SSL");

    @Test
    void theFirstServerWithTlsIsTaken() {
        assertThat(read(PLAIN + TLS + outgoing("smtp", "b.example.org", "587", "STARTTLS")))
                .contains(
                        new SmtpServer(
                                "mail.example.org", 465, TlsMode.IMPLICIT, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<outgoingServer type='smtp'></outgoingServer>",
                "<outgoingServer type='exchange'><hostname>a.example</hostname><port>465</port>"
                        + "<socketType>SSL</socketType></outgoingServer>",
                "<outgoingServer type='smtp'><hostname>a b</hostname><port>465</port>"
                        + "<socketType>SSL</socketType></outgoingServer>",
                "<outgoingServer type='smtp'><hostname>a.example</hostname><port>x</port>"
                        + "<socketType>SSL</socketType></outgoingServer>"
            })
    void whatNamesNoServerIsNone(String servers) {
        assertThat(read(servers)).isEmpty();
    }

    @Test
    void aDocumentTypeIsRefusedBecauseItReadsFiles() {
        var xml =
                "<!DOCTYPE c [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><c>"
                        + outgoing("smtp", "&f;", "465", "SSL")
                        + "</c>";
        assertThat(ParseAutoconfig.outgoing(xml.getBytes(UTF_8))).isEmpty();
        assertThat(ParseAutoconfig.outgoing("no XML".getBytes(UTF_8))).isEmpty();
    }

    private static Optional<SmtpServer> read(String servers) {
        return ParseAutoconfig.outgoing(
                ("<clientConfig version='1.1'><emailProvider id='example.org'>"
                                + servers
                                + "</emailProvider></clientConfig>")
                        .getBytes(UTF_8));
    }

    private static String outgoing(String type, String host, String port, String socket) {
        return "<outgoingServer type='%s'><hostname>%s</hostname><port>%s</port><socketType>%s</socketType></outgoingServer>"
                .formatted(type, host, port, socket);
    }
}
