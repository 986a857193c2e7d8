package dev.postrider.flow.store.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Meanwhile;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import dev.postrider.rig.OnTheEmbeddedDatabaseOnly;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A large message is read once, in slices, however often and by however many it is looked at. */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class ReadContentTest {
    private final Database database;
    private final StoredContents contents;
    private final Emails emails;

    ReadContentTest(Database database) {
        this.database = database;
        this.contents = new StoredContents(database);
        this.emails = new Emails(database, contents);
    }

    @Test
    void tenPollsReadTheMessageOnce() {
        var email = LargeEmail.in(database);
        var scope = LargeEmail.scope(email);
        var message = emails.message(scope, email.id()).orElseThrow();

        for (var i = 0; i < 10; i++) {
            var found = emails.find(scope, email.id()).orElseThrow().content();
            assertThat(found.text()).contains("Hello.");
            assertThat(found.files())
                    .singleElement()
                    .satisfies(file -> {
                        assertThat(file.filename()).isEqualTo("a.pdf");
                        assertThat(file.size()).isEqualTo(LargeEmail.ATTACHMENT_OCTETS);
                    });
        }

        assertThat(contents.octetsRead()).isEqualTo(message.octets());
    }

    @Test
    void aFileIsReadByItself() throws IOException {
        var email = LargeEmail.in(database);
        var message = emails.message(LargeEmail.scope(email), email.id()).orElseThrow();
        var file = emails.parsed(message).files().getFirst();
        var before = contents.octetsRead();

        try (var in = message.open(file)) {
            assertThat(in.readNBytes(6)).asString().isEqualTo("ABCABC");
            assertThat(in.transferTo(OutputStream.nullOutputStream()))
                    .isEqualTo(LargeEmail.ATTACHMENT_OCTETS - 6);
        }
        assertThat(contents.octetsRead() - before).isEqualTo(file.length());
    }

    @Test
    void whatIsReadOutOfAnOlderMessageIsReadAgain() {
        var email = LargeEmail.in(database);
        var scope = LargeEmail.scope(email);
        var before = emails.find(scope, email.id()).orElseThrow().content().files().getFirst();
        database.inTransaction(handle ->
                handle.execute(
                        "update email_content set bytes = convert_to(E'X: y\\r\\n', 'UTF8') || bytes"
                                + " where email_id = ?",
                        email.id()));

        var after = emails.find(scope, email.id()).orElseThrow().content().files().getFirst();

        assertThat(after.offset()).isEqualTo(before.offset() + 6);
    }

    @Test
    void whatIsPurgedWhileItIsReadIsReadWhole() throws Exception {
        var email = LargeEmail.in(database);

        var found =
                Meanwhile.readerWaitsAt(
                        database,
                        "email_change",
                        handle -> handle.execute("delete from email where id = ?", email.id()),
                        () -> emails.find(LargeEmail.scope(email), email.id()));

        assertThat(found).isPresent();
    }

    @Test
    @OnTheEmbeddedDatabaseOnly
    void sixAtOnceFitIntoASmallHeap() throws Exception {
        var email = LargeEmail.in(database);
        var url = database.url();
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PollAtOnce.class.getName(),
                                url.host(),
                                Integer.toString(url.port()),
                                url.database(),
                                url.user(),
                                url.password(),
                                email.workspaceId().toString(),
                                email.id().toString())
                        .redirectErrorStream(true)
                        .start();
        try (var out = process.inputReader()) {
            var said = out.readAllAsString();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).contains("six have read it");
        } finally {
            process.destroyForcibly();
        }
    }
}
