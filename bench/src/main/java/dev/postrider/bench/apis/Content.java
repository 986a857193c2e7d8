package dev.postrider.bench.apis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Random;

/** An email of the bench, as the program is asked for it and as a loop without us makes it. */
final class Content {
    private static final String LINE = "x".repeat(70);
    private static final int LINES = 25;

    private Content() {}

    /**
     * A request to the program, ready to be written.
     *
     * @param attached octets of a file; 0 for none
     */
    static byte[] request(String sender, String key, int attached) {
        var attachment =
                attached == 0
                        ? ""
                        : ",\"attachments\":[{\"filename\":\"report.bin\",\"content\":\""
                                + Base64.getEncoder().encodeToString(file(attached))
                                + "\"}]";
        var body =
                "{\"from\":\"%s\",\"to\":\"grace@example.org\",\"subject\":\"An invoice\",\"text\":\"%s\"%s}"
                        .formatted(sender, (LINE + "\\n").repeat(LINES), attachment);
        var head =
                "POST /emails HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(key, body.length());
        return (head + body).getBytes(US_ASCII);
    }

    /** The message itself. */
    static byte[] message(String sender, int attached) {
        var head =
                "From: %s\r\nTo: grace@example.org\r\nSubject: An invoice\r\nMIME-Version: 1.0\r\n"
                        .formatted(sender);
        var text = (LINE + "\r\n").repeat(LINES);
        var message =
                attached == 0
                        ? head + "\r\n" + text
                        : head
                                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
                                + text
                                + "--b\r\nContent-Type: application/octet-stream\r\n"
                                + "Content-Transfer-Encoding: base64\r\n\r\n"
                                + Base64.getMimeEncoder().encodeToString(file(attached))
                                + "\r\n--b--\r\n";
        return message.getBytes(US_ASCII);
    }

    private static byte[] file(int octets) {
        var content = new byte[octets];
        new Random(1).nextBytes(content);
        return content;
    }
}
