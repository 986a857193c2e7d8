package dev.postrider.door.api.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * An email that readers are known to get wrong, as it is posted.
 *
 * @param files its attachments' content, in their order
 */
record HardEmail(String name, ObjectNode request, List<byte[]> files) {
    static final String SENDER = "hard@example.org";
    static final String ICS = Fillers.ics("X-NOTE:Grüße", "REQUEST");

    private static final int MEGABYTE = 1_000_000;

    static List<HardEmail> all() {
        return List.of(
                of("emoji", email -> email.put("subject", "👩‍👩‍👧‍👦 Grüße 🎉".repeat(12))),
                of(
                        "right-to-left",
                        email ->
                                email.put("subject", "שלום עולם ومرحبا بالعالم 42")
                                        .put("text", "שלום\nمرحبا\n")),
                of(
                        "long-name",
                        email ->
                                email.put(
                                        "to",
                                        "\""
                                                + "Grace, Ü. ".repeat(90).strip()
                                                + "\" <g@example.org>")),
                of("dots", email -> email.put("text", ".\n..\n.hidden\n\n.\nFrom here\n.\n")),
                of("bare-cr", email -> email.put("text", "one\rtwo\r\nthree\nfour\r\r")),
                of(
                        "long-lines",
                        email ->
                                email.put("text", "x".repeat(5_000) + "ä\n")
                                        .put("html", "<p>" + "ü".repeat(5_000))),
                of("white-space", email -> email.put("text", "trailing  \n\ttabs\t\n=3D=\n--\n")),
                of("nested", HardEmail::nest).with("logo.png", "logo", 3_000).with("a.csv", "", 70),
                of("zero-byte", _ -> {}).with("nothing.txt", "", 0),
                of("names", _ -> {})
                        .with("請求書（令和八年十二月分）.pdf", "", 10)
                        .with("a\"b's 100%;x=y.txt", "", 10)
                        .with("n".repeat(251) + ".txt", "", 10),
                of("large", _ -> {}).with("large.bin", "", 25 * MEGABYTE));
    }

    private static HardEmail of(String name, Consumer<ObjectNode> change) {
        var email =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("from", "\"Ada, Countess\" <" + SENDER + ">")
                        .put("to", "Grace <g@example.org>")
                        .put("bcc", "nobody@example.org")
                        .put("subject", name)
                        .put("text", "Hello.\n")
                        .put("scheduled_at", "in 100 days");
        change.accept(email);
        return new HardEmail(name, email, List.of());
    }

    private static void nest(ObjectNode email) {
        email.put("html", "<img src=\"cid:logo\">Grüße").put("cc", "Çelik <c@example.org>");
        email.putObject("invitation").put("method", "REQUEST").put("ics", ICS);
    }

    private HardEmail with(String filename, String contentId, int octets) {
        var content = new byte[octets];
        new Random(octets).nextBytes(content);
        var attachment =
                request.withArray("attachments")
                        .addObject()
                        .put("filename", filename)
                        .put("content", new String(Base64.getEncoder().encode(content), UTF_8));
        if (!contentId.isEmpty()) {
            attachment.put("content_id", contentId);
        }
        var more = new ArrayList<>(files);
        more.add(content);
        return new HardEmail(name, request, List.copyOf(more));
    }

    @Override
    public String toString() {
        return name;
    }
}
