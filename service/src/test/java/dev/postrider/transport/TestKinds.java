package dev.postrider.transport;

import dev.postrider.flow.store.find.StoredContents;
import dev.postrider.outbound.AllowedBlocks;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.outbound.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.transport.sandbox.SandboxKind;
import dev.postrider.transport.sandbox.SandboxMessages;
import dev.postrider.transport.smtp.EhloName;
import dev.postrider.transport.smtp.ReachServer;
import dev.postrider.transport.smtp.SmtpKind;
import dev.postrider.transport.smtp.discovery.FindServer;
import dev.postrider.transport.smtp.discovery.KnownProviders;
import java.util.ArrayList;
import java.util.List;

/** The program's kinds of transport, without the program. */
public final class TestKinds {
    private TestKinds() {}

    /** They reach nothing but public addresses. */
    public static Kinds of(Database database) {
        return of(database, new OutboundGuard(AllowedBlocks.NONE));
    }

    public static Kinds of(Database database, OutboundGuard guard, Kind... more) {
        var contents = new StoredContents(database);
        var all =
                new ArrayList<Kind>(
                        new Kinds(
                                        smtp(database, guard),
                                        new SandboxKind(new SandboxMessages(database), contents))
                                .all());
        all.addAll(List.of(more));
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
}
