package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.event.FailedLink;
import dev.postrider.event.LinkEvents;
import dev.postrider.http.Id;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.Users;
import dev.postrider.identity.workspace.ReturnUrl;
import dev.postrider.identity.workspace.Workspaces;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Browsers that come with a link. Safe for concurrent use. */
@Singleton
public final class ConnectVisits {
    private static final Journal JOURNAL = Journal.of("http");

    private final Database database;
    private final Workspaces workspaces;
    private final Users users;
    private final Mailboxes mailboxes;
    private final ProviderApps apps;
    private final InstantSource clock;

    public ConnectVisits(
            Database database,
            Workspaces workspaces,
            Users users,
            Mailboxes mailboxes,
            ProviderApps apps,
            InstantSource clock) {
        this.database = database;
        this.workspaces = workspaces;
        this.users = users;
        this.mailboxes = mailboxes;
        this.apps = apps;
        this.clock = clock;
    }

    /** What a link turned out to be for a browser. */
    public sealed interface Arrival {
        record Open(ConnectVisit visit) implements Arrival {}

        /** This browser has connected a mailbox by it. */
        record Done(ConnectVisit visit) implements Arrival {}

        /** Somebody has connected a mailbox by it. */
        record Used() implements Arrival {}

        record Expired() implements Arrival {}

        record Revoked() implements Arrival {}

        /** Another browser has begun with it. */
        record Elsewhere() implements Arrival {}

        record Unknown() implements Arrival {}
    }

    /**
     * @param reference a link's token, or its id, which counts only in the browser that began
     */
    public Arrival arrive(String reference, Browser browser) {
        var found =
                database.of(Database.ANYBODY)
                        .read(handle ->
                                Id.parse(reference)
                                        .flatMap(id -> ConnectVisitTable.byId(handle, id, browser))
                                        .or(() ->
                                                ConnectVisitTable.byToken(
                                                        handle,
                                                        new OpaqueToken(reference).hash())));
        return found.map(link -> arrive(reference, link, browser)).orElseGet(Arrival.Unknown::new);
    }

    Arrival arrive(String reference, ConnectLink link, Browser browser) {
        return switch (link.status(clock.instant())) {
            case CONNECTED ->
                    browser.isThatOf(link)
                            ? visit(reference, link, browser)
                                    .<Arrival>map(Arrival.Done::new)
                                    .orElseGet(Arrival.Used::new)
                            : new Arrival.Used();
            case REVOKED -> new Arrival.Revoked();
            case EXPIRED -> new Arrival.Expired();
            case OPEN ->
                    link.progress().browser().isPresent() && !browser.isThatOf(link)
                            ? new Arrival.Elsewhere()
                            : visit(reference, link, browser)
                                    .<Arrival>map(Arrival.Open::new)
                                    .orElseGet(Arrival.Revoked::new);
        };
    }

    /** Empty when its user or mailbox has gone meanwhile, so that it is good for nothing. */
    private Optional<ConnectVisit> visit(String reference, ConnectLink link, Browser browser) {
        var workspace = workspaces.find(link.workspaceId());
        var user = link.userId().flatMap(id -> users.find(link.workspaceId(), id));
        var hasUser = link.userId().isEmpty() || user.filter(User::isActive).isPresent();
        var mailbox = link.mailbox().flatMap(id -> mailboxes.find(link.workspaceId(), id));
        if (workspace.isEmpty()
                || !hasUser
                || (link.mailboxId().isPresent() && mailbox.isEmpty())) {
            return Optional.empty();
        }
        var returnUrl = link.returnUrl().flatMap(ReturnUrl::parse).filter(workspace.get()::allows);
        return Optional.of(
                new ConnectVisit(
                        reference,
                        link,
                        browser,
                        workspace.get().name(),
                        user.flatMap(User::externalId),
                        mailbox,
                        options(link, mailbox),
                        link.tier(),
                        returnUrl));
    }

    /** A mailbox that was connected by consent is connected again by its provider's alone. */
    private List<ConnectOption> options(ConnectLink link, Optional<Mailbox> mailbox) {
        var only = mailbox.flatMap(box -> ConnectOption.provider(box.transport().kind()));
        var wanted = link.options().isEmpty() ? all() : link.options();
        return wanted.stream().filter(option -> isOffered(option, only)).toList();
    }

    private List<ConnectOption> all() {
        var all = new ArrayList<ConnectOption>();
        Arrays.stream(Provider.values())
                .flatMap(provider -> apps.find(provider, Optional.empty()).stream())
                .map(app -> new ConnectOption.Consent(app.provider(), app.name()))
                .forEach(all::add);
        all.add(new ConnectOption.Password());
        return all;
    }

    private boolean isOffered(ConnectOption option, Optional<Provider> only) {
        return switch (option) {
            case ConnectOption.Password _ -> only.isEmpty();
            case ConnectOption.Consent(var provider, var name) ->
                    (only.isEmpty() || only.get() == provider)
                            && apps.find(provider, Optional.of(name))
                                    .filter(ProviderApp::isDelegated)
                                    .isPresent();
        };
    }

    /** Ties a link to the browser that begins with it; false when another has. */
    boolean begin(ConnectVisit visit) {
        return database.of(visit.link().workspaceId())
                .inTransaction(
                        handle -> ConnectVisitTable.begin(handle, visit.link(), visit.browser()));
    }

    /** Counts a try of a password; empty when it may be made, or how long to wait. */
    Optional<Duration> countTry(ConnectVisit visit) {
        return database.of(visit.link().workspaceId())
                .inTransaction(handle ->
                        ConnectVisitTable.countTry(handle, visit.link(), clock.instant()));
    }

    /**
     * Writes down how a try failed; the link can be tried again.
     *
     * @param with what the failure is about, for its page
     */
    public void fail(ConnectVisit visit, ConnectFailure failure, Optional<String> with) {
        var link = visit.link();
        database.of(link.workspaceId())
                .inTransaction(handle -> {
                    ConnectVisitTable.fail(handle, link, failure, with);
                    LinkEvents.failed(
                            handle,
                            link.workspaceId(),
                            new FailedLink(
                                    link.id(),
                                    failure.code(),
                                    failure.problem(),
                                    visit.address(),
                                    link.mailboxId(),
                                    link.userId(),
                                    visit.externalId(),
                                    link.state()));
                    return true;
                });
        JOURNAL.event("mailbox not connected", "link", link.id(), "failure", failure.code());
    }
}
