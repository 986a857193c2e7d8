package dev.postrider.mailbox.connect;

import dev.postrider.credential.grant.FindGrants;
import dev.postrider.credential.grant.GrantInfo;
import dev.postrider.credential.provider.Tier;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.user.ExternalIds;
import dev.postrider.identity.user.User;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Links that let somebody connect a mailbox in the browser. Safe for concurrent use. */
@Singleton
public final class ConnectLinks {
    /** How many of a workspace's may be open at once. */
    static final int MAX_OPEN = 10_000;

    private final Database database;
    private final ConnectUrls urls;
    private final InstantSource clock;

    public ConnectLinks(Database database, ConnectUrls urls, InstantSource clock) {
        this.database = database;
        this.urls = urls;
        this.clock = clock;
    }

    /**
     * A link and where it leads, told this once.
     *
     * @param url with its token
     */
    public record Created(ConnectLink link, URI url) {
        @Override
        public String toString() {
            return "Created[" + link.id() + "]";
        }
    }

    /** What became of a wish for a link. */
    public sealed interface Creation {
        record Done(Created created) implements Creation {}

        /** The operator hasn't said where browsers reach this program. */
        record NoPublicUrl() implements Creation {}

        record TooManyLinks(int most) implements Creation {}

        record TooManyUsers() implements Creation {}
    }

    /** Whether the operator has said where browsers reach this program. */
    public boolean areSetUp() {
        return urls.isKnown();
    }

    public Creation create(NewConnectLink link) {
        return database.of(link.workspaceId()).inTransaction(handle -> create(handle, link));
    }

    /** The same in a transaction of the caller's. */
    public Creation create(Handle handle, NewConnectLink link) {
        var token = OpaqueToken.random(OpaqueToken.Kind.CONNECT);
        var url = urls.of(token);
        if (url.isEmpty()) {
            return new Creation.NoPublicUrl();
        }
        var now = clock.instant();
        if (ConnectLinkTable.countOpen(handle, link.workspaceId(), now) >= MAX_OPEN) {
            return new Creation.TooManyLinks(MAX_OPEN);
        }
        var user = user(handle, link);
        if (user.isEmpty() && !(link.forWhom() instanceof NewConnectLink.ForWhom.Workspace)) {
            return new Creation.TooManyUsers();
        }
        var made = ConnectLinkTable.insert(handle, NewId.get(), link, user, token.hash(), now);
        return new Creation.Done(new Created(made, url.get()));
    }

    private static Optional<UUID> user(Handle handle, NewConnectLink link) {
        return switch (link.forWhom()) {
            case NewConnectLink.ForWhom.User(var id) -> Optional.of(id);
            case NewConnectLink.ForWhom.External(var id) ->
                    ExternalIds.findOrCreate(handle, link.workspaceId(), id).map(User::id);
            case NewConnectLink.ForWhom.Workspace _ -> Optional.empty();
        };
    }

    /**
     * A link by which a mailbox's user connects it again, made by the program itself.
     *
     * @return empty where no public URL is set, or there are too many links
     */
    public Optional<URI> reconnect(Handle handle, Mailbox mailbox, Duration lifetime) {
        return switch (create(
                handle,
                new NewConnectLink(
                        mailbox.workspaceId(),
                        Optional.empty(),
                        mailbox.userId()
                                .<NewConnectLink.ForWhom>map(NewConnectLink.ForWhom.User::new)
                                .orElseGet(NewConnectLink.ForWhom.Workspace::new),
                        Optional.of(mailbox.id()),
                        Optional.of(mailbox.address()),
                        List.of(),
                        tier(handle, mailbox),
                        Optional.empty(),
                        Optional.empty(),
                        lifetime))) {
            case Creation.Done(var created) -> Optional.of(created.url());
            case Creation.NoPublicUrl _, Creation.TooManyLinks _, Creation.TooManyUsers _ ->
                    Optional.empty();
        };
    }

    /** No less than it has now: mail that is looked after needs it. */
    private static Tier tier(Handle handle, Mailbox mailbox) {
        return FindGrants.of(handle, mailbox.workspaceId(), List.of(mailbox.id())).values().stream()
                .map(GrantInfo::tier)
                .findFirst()
                .orElse(Tier.SEND);
    }

    public Optional<ConnectLink> find(UUID workspace, UUID id) {
        return database.of(workspace).read(handle -> ConnectLinkTable.find(handle, workspace, id));
    }

    /**
     * @param user whose; empty for the whole workspace's
     */
    public Page.Items<ConnectLink> list(UUID workspace, Optional<UUID> user, Page page) {
        return database.of(workspace)
                .read(handle -> ConnectLinkTable.list(handle, workspace, user, page));
    }

    /** Makes a link good for nothing; false when it was used, or revoked before. */
    public boolean revoke(ConnectLink link) {
        return database.of(link.workspaceId())
                .inTransaction(handle ->
                        ConnectLinkTable.revoke(
                                handle, link.workspaceId(), link.id(), clock.instant()));
    }

    public ConnectLink.Status status(ConnectLink link) {
        return link.status(clock.instant());
    }
}
