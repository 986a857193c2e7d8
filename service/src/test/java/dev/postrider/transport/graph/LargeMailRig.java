package dev.postrider.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.flow.store.draft.SweptDrafts;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.mime.compose.Attachment;
import dev.postrider.postgres.Database;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.transport.api.PlayedRig;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** Ann's mailbox at Microsoft, with leave to send large messages as drafts. */
final class LargeMailRig extends PlayedRig {
    static final int LARGE = 4_200_000;

    private static final Set<String> SCOPES = Set.of("mail.send", "mail.readwrite", "user.read");

    private final Database database;
    private final FakeMicrosoft microsoft;

    LargeMailRig(Database database, FakeMicrosoft microsoft) {
        this(database, microsoft, new PlayedGraph(microsoft).uploads());
    }

    /**
     * The same with other servers for files.
     *
     * @param uploads those that the operator allows
     */
    LargeMailRig(Database database, FakeMicrosoft microsoft, Set<URI> uploads) {
        super(database, new PlayedGraph(microsoft), uploads, SCOPES);
        this.database = database;
        this.microsoft = microsoft;
    }

    /** One is uploaded; of many the last has no room beside the second. */
    static List<Attachment> files(boolean many) {
        return many
                ? List.of(
                        LargeMail.file("film.mp4", LARGE),
                        LargeMail.file("plan.pdf", 2_900_000),
                        LargeMail.file("list.csv", 300_000))
                : List.of(LargeMail.file("film.mp4", LARGE));
    }

    EmailKey send(OnUnknown onUnknown) throws Exception {
        return send(onUnknown, false);
    }

    EmailKey send(OnUnknown onUnknown, boolean many) throws Exception {
        return flow.send(email(flow.lanes().newKey(), onUnknown, files(many)));
    }

    NewEmail email(EmailKey key, OnUnknown onUnknown, List<Attachment> files) throws Exception {
        return LargeMail.email(
                flow, lane, key, onUnknown, LargeMail.composed(LargeMail.draft(key, files)));
    }

    /** Another attempt, whatever the lane was to wait for. */
    void again(EmailKey key) throws InterruptedException {
        // the round that is over may be about to say how long the lane rests
        flow.replaceWorker("again");
        flow.settledAfter(key, () -> flow.lanes().again(lane, key));
    }

    /** Attempts, by whatever node has the lane by then, until the email is in that state. */
    void againUntil(String state, EmailKey key) {
        Awaitility.await()
                .untilAsserted(() -> {
                    flow.lanes().makeDue(key);
                    assertThat(flow.lanes().state(key)).isEqualTo(state);
                });
    }

    void assertSentOnce(EmailKey key) {
        assertThat(flow.lanes().state(key)).as(reason(key)).isEqualTo("sent");
        assertThat(accepted(key)).isEqualTo(1);
        assertThat(accepted()).isEqualTo(1);
        assertThat(drafts()).isEmpty();
        // what a crash may have left is looked for once more
        flow.lanes().run("update email_draft set sweep_at = now()");
        flow.lanes().run("update email set finished_at = now() - interval '1 hour'");
        new SweepDrafts(shared, new SweptDrafts(database)).once();
        assertThat(flow.lanes().texts("select email_id from email_draft")).isEmpty();
    }

    List<StoredMessage> drafts() {
        return microsoft.mailboxes().drafts(microsoft.account(ANN));
    }
}
