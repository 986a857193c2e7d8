package dev.postrider.transport.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.provider.Tier;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.flow.store.draft.EmailDrafts;
import dev.postrider.flow.store.find.StoredContents;
import dev.postrider.flow.store.find.StoredConversations;
import dev.postrider.flow.store.find.StoredSentMessages;
import dev.postrider.flow.store.lane.LaneThrottles;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.postgres.Database;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Loopback;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Kinds;
import dev.postrider.transport.TestKinds;
import dev.postrider.transport.smtp.SmtpKind;
import dev.postrider.transport.smtp.TokenSmtp;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** The flow from inside with a mailbox of Ann's at a provider that a test plays. */
public class ApiRig implements AutoCloseable {
    public static final String ANN = "ann@example.org";

    /** Where the provider is; a test may lead it elsewhere. */
    public final AtomicReference<URI> base;

    public final TestTokens tokens;

    /** What the kind has got. */
    public final ApiDependencies.Shared shared;

    public final FlowRig flow;
    public final LaneKey lane;

    public ApiRig(
            Database database,
            String provider,
            String base,
            TestTokens tokens,
            OutboundClient client,
            Function<ApiDependencies.Shared, Kind> kind) {
        this(database, provider, base, Set.of(), tokens, client, kind);
    }

    /**
     * The same with servers for large files.
     *
     * @param uploads those that the operator allows
     */
    public ApiRig(
            Database database,
            String provider,
            String base,
            Set<URI> uploads,
            TestTokens tokens,
            OutboundClient client,
            Function<ApiDependencies.Shared, Kind> kind) {
        this(database, provider, base, uploads, tokens, client, TokenSmtp::new, kind);
    }

    /** The same whose mailboxes may send by SMTP. */
    public ApiRig(
            Database database,
            String provider,
            String base,
            Set<URI> uploads,
            TestTokens tokens,
            OutboundClient client,
            Function<SmtpKind, TokenSmtp> smtp,
            Function<ApiDependencies.Shared, Kind> kind) {
        this.base = new AtomicReference<>(URI.create(base));
        this.tokens = tokens;
        this.shared =
                new ApiDependencies.Shared(
                        client,
                        tokens,
                        _ ->
                                Optional.of(
                                        new FindApi.Api(
                                                this.base.get(),
                                                uploads,
                                                true,
                                                Tier.SEND,
                                                tokens.scopes(),
                                                ANN,
                                                Optional.empty())),
                        new StoredContents(database),
                        new StoredConversations(database),
                        new StoredSentMessages(database),
                        new EmailDrafts(database),
                        new LaneThrottles(database),
                        smtp.apply(TestKinds.smtp(database, Loopback.guard())),
                        InstantSource.system());
        this.flow = new FlowRig(database, kinds(database, kind.apply(shared)));
        this.lane = flow.lanes().consented(provider);
    }

    private static Kinds kinds(Database database, Kind kind) {
        return TestKinds.of(database, Loopback.guard(), kind);
    }

    public static OutboundClient client() {
        return new OutboundClient(Loopback.guard());
    }

    /** Why an email waits, or ended as it did. */
    public String reason(EmailKey email) {
        return String.valueOf(flow.lanes().row(email).get("reason"));
    }

    /** Lets the mailbox be asked what became of an email, and waits for the end of the attempt. */
    public void look(EmailKey email) throws InterruptedException {
        flow.settledAfter(email, () -> flow.lanes().makeDue(email));
    }

    /** The same, long after the attempt: what isn't there now won't come any more. */
    public void lookSettled(EmailKey email) throws InterruptedException {
        longAgo(email);
        look(email);
    }

    /** As if the attempt had begun a while ago, which is in doubt. */
    public void longAgo(EmailKey email) {
        flow.lanes()
                .run(
                        "update email set unknown_since = unknown_since - interval '11 minutes'"
                                + " where id = ?",
                        email.id());
        flow.lanes()
                .run(
                        "update attempt set begun_at = begun_at - interval '11 minutes'"
                                + " where email_id = ?",
                        email.id());
    }

    /** The same, which ends with the email queued as before, for another look. */
    public void lookInVain(EmailKey email, String reason) {
        flow.lanes().run("update email set reason = '' where id = ?", email.id());
        flow.lanes().makeDue(email);
        Awaitility.await()
                .atMost(FlowRig.PATIENCE)
                .untilAsserted(() -> assertThat(reason(email)).contains(reason));
        assertThat(flow.lanes().state(email)).isEqualTo("queued");
    }

    /** Why the mailbox is held. */
    public String held() {
        return flow.mailbox(lane).get("state") + ": " + flow.mailbox(lane).get("reason");
    }

    /** How long the lane rests. */
    public Duration rest() {
        flow.lanes().awaitRest(lane);
        var until = (Timestamp) requireNonNull(flow.lanes().lane(lane).get("rests_until"));
        return Duration.between(Instant.now(), until.toInstant());
    }

    @Override
    public void close() throws InterruptedException {
        flow.close();
    }
}
