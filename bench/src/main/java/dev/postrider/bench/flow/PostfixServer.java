package dev.postrider.bench.flow;

import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.postfix.PostfixSettings;
import dev.postrider.testkit.postfix.RealPostfix;
import dev.postrider.testkit.program.Api;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Properties;

/** A real Postfix, where STARTTLS and a login are required. */
record PostfixServer(RealPostfix postfix) implements MailServer {
    static final String USER = "m0@example.com";
    private static final String PASSWORD = "a password for the bench";

    static PostfixServer start() {
        return new PostfixServer(
                RealPostfix.start(PostfixSettings.ordinary().withUser(USER, PASSWORD)));
    }

    @Override
    public void connect(Api user, String address) throws IOException, InterruptedException {
        var _ =
                user.connectMailbox(
                        address,
                        Map.of(
                                "host",
                                postfix.host(),
                                "port",
                                postfix.submissionPort(),
                                "tls",
                                "starttls",
                                "username",
                                USER,
                                "password",
                                PASSWORD,
                                "ca",
                                Files.readString(postfix.certificateAuthority())));
    }

    /** A connection that is ready to send. */
    Transport transport(Session session) throws MessagingException {
        var transport = session.getTransport("smtp");
        transport.connect(postfix.host(), postfix.submissionPort(), USER, PASSWORD);
        return transport;
    }

    /** How Jakarta Mail is to talk to it. */
    Session session() throws IOException {
        var authority = Files.readString(postfix.certificateAuthority());
        var properties = new Properties();
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.from", USER);
        properties.put("mail.smtp.starttls.required", "true");
        properties.put(
                "mail.smtp.ssl.socketFactory",
                PrivateAuthority.trusting(authority).getSocketFactory());
        return Session.getInstance(properties);
    }

    @Override
    public double micros() throws IOException {
        return ProcessCost.microsOfTree(postfix.pid());
    }

    @Override
    public void close() {
        postfix.close();
    }
}
