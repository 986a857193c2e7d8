package dev.postrider.door.api.send;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.mime.address.Address;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is posted is what readers that aren't ours read: Python's email package and mailparser. */
@QuarkusTest
class ReadersTest {
    private static final Path FOLDER = Path.of("target/read-back");

    private static Map<String, JsonNode> byPython;
    private static Map<String, JsonNode> byMailparser;

    @BeforeAll
    static void sendAndRead() throws Exception {
        Npm.install();
        Files.createDirectories(FOLDER);
        try (var emails = new EmailApi(HardEmail.SENDER)) {
            for (var email : HardEmail.all()) {
                write(emails, email);
            }
        }
        var folder = FOLDER.toAbsolutePath().toString();
        byPython = facts(Npm.run(Map.of(), "python3", "read-back.py", folder));
        byMailparser = facts(Npm.run(Map.of(), "node", "read-back.mjs", folder));
    }

    @AfterAll
    static void delete() throws IOException {
        for (var email : HardEmail.all()) {
            Files.deleteIfExists(file(email));
        }
    }

    static List<HardEmail> all() {
        return HardEmail.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void pythonReadsWhatWasPosted(HardEmail email) throws Exception {
        assertReads(requireNonNull(byPython.get(email.name())), email);
    }

    @ParameterizedTest
    @MethodSource("all")
    void mailparserReadsWhatWasPosted(HardEmail email) throws Exception {
        assertReads(requireNonNull(byMailparser.get(email.name())), email);
    }

    private static void assertReads(JsonNode read, HardEmail email) throws Exception {
        var posted = email.request();
        assertThat(read.path("subject")).isEqualTo(posted.path("subject"));
        assertThat(read.path("bcc")).isEmpty();
        for (var field : List.of("from", "to", "cc")) {
            assertAddress(read.path(field), posted.path(field).asText());
        }
        assertThat(lines(read.path("plain"))).isEqualTo(lines(posted.path("text")));
        assertThat(lines(read.path("html"))).isEqualTo(lines(posted.path("html")));
        assertThat(lines(read.path("calendar"))).isEqualTo(lines(posted.at("/invitation/ics")));
        assertThat(read.path("files")).hasSameSizeAs(email.files());
        for (var i = 0; i < email.files().size(); i++) {
            var file = read.path("files").get(i);
            var attachment = posted.path("attachments").get(i);
            var content = email.files().get(i);
            assertThat(file.path("name")).isEqualTo(attachment.path("filename"));
            assertThat(file.path("id").asText()).isEqualTo(attachment.path("content_id").asText());
            assertThat(file.path("size").asInt()).isEqualTo(content.length);
            assertThat(file.path("sha256").asText()).isEqualTo(sha256(content));
        }
    }

    private static void assertAddress(JsonNode read, String posted) {
        if (posted.isEmpty()) {
            assertThat(read).isEmpty();
            return;
        }
        var address = (Address) Address.parse(posted);
        assertThat(read.size()).isEqualTo(1);
        assertThat(read.get(0).get(0).asText()).isEqualTo(address.displayName());
        assertThat(read.get(0).get(1).asText()).isEqualTo(address.addrSpec());
    }

    /** Each way to end a line is one; mail ends the last line too. */
    private static List<String> lines(JsonNode text) {
        return text.asText().lines().toList();
    }

    private static void write(EmailApi emails, HardEmail email) throws IOException {
        var id = emails.kept(email.request().toString());
        Files.write(file(email), emails.api().get("/emails/" + id + "/raw").response().body());
    }

    private static Path file(HardEmail email) {
        return FOLDER.resolve(email.name() + ".eml");
    }

    private static Map<String, JsonNode> facts(List<String> lines) {
        return lines.stream()
                .map(EmailApi::tree)
                .collect(Collectors.toMap(one -> one.path("message").asText(), one -> one));
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
