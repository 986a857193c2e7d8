package dev.postrider.flow.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.mailbox.Tenant;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.mime.address.Address;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Another way in than the HTTP API: it needs the intake, and knows no JSON and no status code. */
@ExtendWith(TestDatabase.class)
@TestInstance(Lifecycle.PER_CLASS)
final class SecondDoorTest {
    private final Database database;
    private final Tenant ann;
    private final Intake intake;

    SecondDoorTest(Database database, @TempDir Path folder) {
        this.database = database;
        this.ann = Tenant.in(database);
        var wakeups = new Wakeups();
        var mailboxes = TestMailboxes.of(database);
        mailboxes.connect(ann.sandbox("ann@example.org"));
        this.intake = TestIntake.of(database, wakeups, mailboxes, folder);
    }

    /** Takes a line such as {@code bob@example.org Hello}. */
    private String door(String line) throws InterruptedException {
        var words = line.split(" ", 2);
        var caller = new Caller(ann.workspaceId(), ann.userId(), "ann@example.org", Role.MEMBER);
        var to = (Address) Address.parse(words[0]);
        var email = EmailRequest.plain(to, words[1], "By another door.");
        return switch (intake.take(caller, email, Optional.empty())) {
            case IntakeResult.Kept kept -> "kept " + kept.ids().getFirst();
            case IntakeResult.Repeated(var answer) -> "kept before: " + answer;
            case IntakeResult.Rejected(var why) -> "rejected: " + why.rejection().code();
        };
    }

    @Test
    void anEmailIsSentThroughTheIntake() throws InterruptedException {
        var answer = door("bob@example.org Hello");

        assertThat(answer).startsWith("kept ");
        var subject =
                database.read(handle ->
                        handle.createQuery("select subject from email where workspace_id = ?")
                                .bind(0, ann.workspaceId())
                                .mapTo(String.class)
                                .one());
        assertThat(subject).isEqualTo("Hello");
    }

    @Test
    void whatIsWrongIsAStableCode() throws InterruptedException {
        assertThat(door("bob@example.org " + "\ud83d")).isEqualTo("rejected: INVALID_INPUT");
    }
}
