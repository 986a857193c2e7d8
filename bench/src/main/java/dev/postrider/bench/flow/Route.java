package dev.postrider.bench.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Where emails are posted to, and how. */
enum Route {
    /** A caller waits for the first attempt. */
    AWAITED("/smtp/send-email", "", false),
    /** A caller is answered when the email is kept. */
    SEND_EMAIL("/smtp/send-email", "Prefer: wait=0\r\n", false),
    /** The same, on the route that never waits; the sender's address chooses the mailbox. */
    EMAILS("/emails", "", true);

    /** Stands in for a message's number, digit for digit. */
    static final String NUMBER = "0000000000";

    private static final String TEXT = ("x".repeat(70) + "\\n").repeat(25);

    private final String path;
    private final String headers;
    private final boolean namesSender;

    Route(String path, String headers, boolean namesSender) {
        this.path = path;
        this.headers = headers;
        this.namesSender = namesSender;
    }

    /** Whether one user sends through all mailboxes. */
    boolean namesSender() {
        return namesSender;
    }

    /** A request of 2 KB whose recipient is {@link #NUMBER}. */
    byte[] request(String sender, String token) {
        var to = "n" + NUMBER + "@sink.test";
        var body =
                namesSender
                        ? "{\"from\":\"%s\",\"to\":\"%s\",\"subject\":\"An invoice\",\"text\":\"%s\"}"
                                .formatted(sender, to, TEXT)
                        : "{\"to\":\"%s\",\"subject\":\"An invoice\",\"message\":\"%s\"}"
                                .formatted(to, TEXT);
        var head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
                        .formatted(path, token, headers, body.length());
        return (head + body).getBytes(US_ASCII);
    }
}
