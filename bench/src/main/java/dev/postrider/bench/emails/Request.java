package dev.postrider.bench.emails;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Random;

/** The octets of a request that posts an email for another day. */
final class Request {
    private static final String TEXT = ("x".repeat(70) + "\\n").repeat(25);

    private Request() {}

    /**
     * Ready to be written.
     *
     * @param attached octets of an attachment; 0 for none
     */
    static byte[] octets(String sender, String key, int attached) {
        var content = new byte[attached];
        new Random(1).nextBytes(content);
        var attachment =
                attached == 0
                        ? ""
                        : ",\"attachments\":[{\"filename\":\"report.bin\",\"content\":\""
                                + Base64.getEncoder().encodeToString(content)
                                + "\"}]";
        var body =
                "{\"from\":\"%s\",\"to\":\"grace@example.org\",\"subject\":\"An invoice\",\"text\":\"%s\",\"scheduled_at\":\"in 300 days\"%s}"
                        .formatted(sender, TEXT, attachment);
        var head =
                "POST /emails HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(key, body.length());
        return (head + body).getBytes(US_ASCII);
    }
}
