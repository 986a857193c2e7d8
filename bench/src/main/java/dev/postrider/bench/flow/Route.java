package dev.postrider.bench.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Where emails are posted to, and how. */
enum Route {
    /** A caller waits for the first attempt. */
    SEND_EMAIL("/smtp/send-email"),
    /** A caller is answered when the email is kept; the sender's address chooses the mailbox. */
    EMAILS("/emails");

    /** Stands in for a message's number, digit for digit. */
    static final String NUMBER = "0000000000";

    private static final String TEXT = ("x".repeat(70) + "\\n").repeat(25);

    private final String path;

    Route(String path) {
        this.path = path;
    }

    /** A request of 2 KB whose recipient is {@link #NUMBER}. */
    byte[] request(String sender, String token) {
        var to = "n" + NUMBER + "@sink.test";
        var body =
                switch (this) {
                    case EMAILS ->
                            "{\"from\":\"%s\",\"to\":\"%s\",\"subject\":\"An invoice\",\"text\":\"%s\"}"
                                    .formatted(sender, to, TEXT);
                    case SEND_EMAIL ->
                            "{\"to\":\"%s\",\"subject\":\"An invoice\",\"message\":\"%s\"}"
                                    .formatted(to, TEXT);
                };
        var head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, token, body.length());
        return (head + body).getBytes(US_ASCII);
    }
}
