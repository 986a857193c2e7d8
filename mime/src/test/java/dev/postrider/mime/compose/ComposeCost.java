package dev.postrider.mime.compose;

import static dev.postrider.mime.address.Addresses.address;

import com.sun.management.ThreadMXBean;
import dev.postrider.mime.raw.RawMessage;
import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.ParsedMessage;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.Callable;

/**
 * Measures what composing and reading cost, beside Angus Mail and Mime4j: run its main by hand. The
 * message is a usual one of about 2 KB: text and HTML, a subject and a name beyond ASCII.
 */
final class ComposeCost {
    private static final int WARM_UP = 30_000;
    private static final int ROUNDS = 20_000;
    private static final String SUBJECT = "Ihre Rechnung für Oktober – fällig am 15. November";
    private static final String PARAGRAPH =
            "Guten Tag, anbei finden Sie die Rechnung für Oktober. Viele Grüße aus Köln!";
    private static final String TEXT = (PARAGRAPH + "\n").repeat(10);
    private static final String HTML = ("<p>" + PARAGRAPH + "</p>\n").repeat(10);

    private ComposeCost() {}

    static void main() throws Exception {
        Session session = Session.getInstance(new Properties());
        measure("ours", ComposeCost::ours);
        measure("ours, text derived", ComposeCost::derived);
        measure("Angus Mail", () -> angus(session));
        byte[] message = ours();
        measure("checked as raw", () -> checked(message));
        measure("read by ours", () -> read(message));
        measure("read by Mime4j", () -> readByMime4j(message));
    }

    private static void measure(String name, Callable<byte[]> compose) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long octets = 0;
        for (int i = 0; i < WARM_UP; i++) {
            octets = compose.call().length;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < ROUNDS; i++) {
            octets = Math.max(octets, compose.call().length);
        }
        long nanos = threads.getCurrentThreadCpuTime() - start;
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        System.out.printf(
                "%-20s %6d octets %8.1f us of a core %9.0f messages/s %8d bytes allocated%n",
                name, octets, nanos / 1e3 / ROUNDS, ROUNDS * 1e9 / nanos, allocated / ROUNDS);
    }

    private static byte[] ours() throws Exception {
        return Drafts.bytes(draft().text(TEXT).build());
    }

    private static byte[] derived() throws Exception {
        return Drafts.bytes(draft().build());
    }

    private static byte[] checked(byte[] message) {
        return RawMessage.check(message) instanceof RawMessage ? message : new byte[0];
    }

    private static byte[] read(byte[] message) throws Exception {
        ParsedMessage.of(new ByteArrayInputStream(message), MessageLimits.TAKEN);
        return message;
    }

    private static byte[] readByMime4j(byte[] message) throws Exception {
        ReadByMime4j.read(message);
        return message;
    }

    private static Draft.Builder draft() {
        return Draft.from(
                        address("Jörg Müller <joerg@example.com>"),
                        "<" + System.nanoTime() + "@example.com>",
                        Drafts.DATE)
                .to(address("Bob Smith <bob@example.org>"))
                .subject(SUBJECT)
                .html(HTML);
    }

    private static byte[] angus(Session session) throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("joerg@example.com", "Jörg Müller", "UTF-8"));
        message.setRecipient(
                MimeMessage.RecipientType.TO,
                new InternetAddress("bob@example.org", "Bob Smith", "UTF-8"));
        message.setSubject(SUBJECT, "UTF-8");
        message.setSentDate(Date.from(Drafts.DATE.toInstant()));
        MimeBodyPart text = new MimeBodyPart();
        text.setText(TEXT, "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(HTML, "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        message.writeTo(octets);
        return octets.toByteArray();
    }
}
