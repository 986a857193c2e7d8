package dev.postrider.bench.smtp;

import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Properties;

/**
 * Angus Mail, the reference implementation of Jakarta Mail: one Transport a connection, kept open.
 */
final class Angus implements Contender {

    @Override
    public String name() {
        return "Angus Mail 2.0";
    }

    @Override
    public Sender connect(Target target, int connections) throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.host", target.host());
        properties.put("mail.smtp.port", String.valueOf(target.port()));
        properties.put("mail.smtp.from", Sample.FROM);
        if (target.starttls()) {
            properties.put("mail.smtp.starttls.required", "true");
            properties.put("mail.smtp.ssl.socketFactory", target.trusting().getSocketFactory());
        }
        Session session = Session.getInstance(properties);
        Address[] to = {new InternetAddress(Sample.TO)};
        var open = new ArrayList<Transport>();
        for (int i = 0; i < connections; i++) {
            Transport transport = session.getTransport("smtp");
            transport.connect();
            open.add(transport);
        }
        byte[] content = Sample.message();
        return new ThreadedSender<>(
                open,
                transport -> {
                    var message = new MimeMessage(session, new ByteArrayInputStream(content));
                    transport.sendMessage(message, to);
                    return 1;
                },
                Thread.ofPlatform().factory());
    }
}
