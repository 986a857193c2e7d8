package dev.postrider.transport;

import dev.postrider.flow.store.draft.EmailDrafts;
import dev.postrider.flow.store.find.StoredContents;
import dev.postrider.flow.store.lane.LaneThrottles;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.transport.api.ApiDependencies;
import dev.postrider.transport.api.FindApi;
import dev.postrider.transport.api.TestTokens;
import dev.postrider.transport.gmail.GmailKind;
import dev.postrider.transport.graph.GraphKind;
import dev.postrider.transport.sandbox.SandboxKind;
import dev.postrider.transport.sandbox.SandboxMessages;
import dev.postrider.transport.smtp.EhloName;
import dev.postrider.transport.smtp.ReachServer;
import dev.postrider.transport.smtp.SmtpKind;
import dev.postrider.transport.smtp.TokenSmtp;
import dev.postrider.transport.smtp.discovery.FindServer;
import dev.postrider.transport.smtp.discovery.KnownProviders;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The program's kinds of transport, without the program. */
public final class TestKinds {
    private TestKinds() {}

    /** They reach nothing but public addresses. */
    public static Kinds of(Database database) {
        return of(database, new OutboundGuard(AllowedBlocks.NONE));
    }

    public static Kinds of(Database database, OutboundGuard guard, Kind... more) {
        var contents = new StoredContents(database);
        var all = new ArrayList<Kind>();
        all.add(smtp(database, guard));
        all.add(new SandboxKind(new SandboxMessages(database), contents));
        all.addAll(List.of(more));
        // behind those that a test brings: the first of a name counts
        all.add(new GmailKind(withoutGrants(database, guard)));
        all.add(new GraphKind(withoutGrants(database, guard)));
        return new Kinds(all);
    }

    public static SmtpKind smtp(Database database, OutboundGuard guard) {
        var providers = new KnownProviders();
        return new SmtpKind(
                new FindServer(providers, new OutboundClient(guard)),
                providers,
                guard,
                new ReachServer(guard, EhloName.LITERAL),
                new StoredContents(database));
    }

    private static ApiDependencies.Shared withoutGrants(Database database, OutboundGuard guard) {
        return shared(database, guard, _ -> Optional.empty());
    }

    /** A kind whose mailboxes have what is found. */
    public static ApiDependencies.Shared shared(
            Database database, OutboundGuard guard, FindApi find) {
        return new ApiDependencies.Shared(
                new OutboundClient(guard),
                new TestTokens(_ -> "none", Set.of()),
                find,
                new StoredContents(database),
                Conversations.NONE,
                SentMessages.NONE,
                new EmailDrafts(database),
                new LaneThrottles(database),
                new TokenSmtp(smtp(database, guard)),
                InstantSource.system());
    }
}
