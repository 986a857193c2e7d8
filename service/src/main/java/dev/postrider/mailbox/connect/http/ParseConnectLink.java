package dev.postrider.mailbox.connect.http;

import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.Tier;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.PlainText;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.Users;
import dev.postrider.identity.user.http.ParseUser;
import dev.postrider.identity.workspace.ReturnUrl;
import dev.postrider.identity.workspace.Workspaces;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.connect.ConnectOption;
import dev.postrider.mailbox.connect.NewConnectLink;
import dev.postrider.mailbox.connect.NewConnectLink.ForWhom;
import dev.postrider.mailbox.connect.WantedOption;
import dev.postrider.mailbox.http.MailboxAccess;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.MalformedAddress;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code POST /connect-links} is asked for, each part with its error. */
@Singleton
final class ParseConnectLink {
    private static final int MAX_ADDRESS = 320;
    private static final int MAX_STATE = 500;
    private static final int MAX_PROVIDERS = 20;
    private static final int MAX_PROVIDER = 80;
    private static final Set<String> NAMES =
            Set.of(
                    "user_id",
                    "external_id",
                    "address",
                    "providers",
                    "tier",
                    "mailbox_id",
                    "return_url",
                    "state",
                    "expires_in");

    private final MailboxAccess visible;
    private final Users users;
    private final Workspaces workspaces;
    private final ProviderApps apps;

    ParseConnectLink(MailboxAccess visible, Users users, Workspaces workspaces, ProviderApps apps) {
        this.apps = apps;
        this.visible = visible;
        this.users = users;
        this.workspaces = workspaces;
    }

    /** What was read; it counts only if the fields are valid. */
    NewConnectLink of(Fields fields, Caller caller) {
        fields.refuseLookalikes(NAMES, Set.of());
        var mailbox = mailbox(fields, caller);
        return new NewConnectLink(
                caller.workspaceId(),
                Optional.of(caller.userId()),
                forWhom(fields, caller, mailbox),
                mailbox.map(Mailbox::id),
                address(fields, mailbox),
                options(fields, mailbox),
                tier(fields),
                returnUrl(fields, caller),
                state(fields),
                Duration.ofSeconds(
                        fields.optionalInt(
                                        "expires_in",
                                        (int) NewConnectLink.SHORTEST.toSeconds(),
                                        (int) NewConnectLink.LONGEST.toSeconds())
                                .orElse((int) NewConnectLink.USUAL_LIFETIME.toSeconds())));
    }

    private Optional<Mailbox> mailbox(Fields fields, Caller caller) {
        var text = fields.optionalText("mailbox_id", 36);
        var mailbox = text.flatMap(id -> visible.find(caller, id));
        if (text.isPresent() && mailbox.isEmpty()) {
            fields.error("mailbox_id", "is no mailbox of yours: GET /mailboxes lists them");
        }
        return mailbox;
    }

    private ForWhom forWhom(Fields fields, Caller caller, Optional<Mailbox> mailbox) {
        var user = user(fields, caller);
        var external = ParseUser.externalId(fields);
        if (fields.has("user_id") && fields.has("external_id")) {
            fields.error("external_id", "and user_id both say whose mailbox it is: give one");
        }
        if (mailbox.isPresent()) {
            return ofMailbox(fields, mailbox.get(), user, external);
        }
        return external.<ForWhom>map(ForWhom.External::new)
                .or(() -> user.map(each -> new ForWhom.User(each.id())))
                .orElseGet(() -> new ForWhom.User(caller.userId()));
    }

    /** Whoever is named beside a mailbox must be its user. */
    private static ForWhom ofMailbox(
            Fields fields, Mailbox mailbox, Optional<User> user, Optional<String> external) {
        if (external.isPresent()) {
            fields.error("external_id", "isn't needed with mailbox_id: leave it out");
        }
        if (user.isPresent() && !user.map(User::id).equals(mailbox.userId())) {
            fields.error("user_id", "is not the user of this mailbox: leave it out");
        }
        return mailbox.userId().<ForWhom>map(ForWhom.User::new).orElseGet(ForWhom.Workspace::new);
    }

    private Optional<User> user(Fields fields, Caller caller) {
        var text = fields.optionalText("user_id", 36);
        var user =
                text.flatMap(Id::parse)
                        .filter(id -> AdminRights.isOne(caller) || id.equals(caller.userId()))
                        .flatMap(id -> users.find(caller.workspaceId(), id))
                        .filter(User::isActive);
        if (text.isPresent() && user.isEmpty()) {
            fields.error("user_id", "is no active user that you may act for");
        }
        return user;
    }

    private static Optional<String> address(Fields fields, Optional<Mailbox> mailbox) {
        var text = fields.optionalText("address", MAX_ADDRESS);
        var address = text.flatMap(given -> parsed(fields, given));
        var own = mailbox.map(Mailbox::address);
        if (address.isPresent() && own.isPresent() && !own.get().equalsIgnoreCase(address.get())) {
            fields.error("address", "is not the mailbox's: leave it out");
        }
        return own.or(() -> address);
    }

    private static Optional<String> parsed(Fields fields, String text) {
        return switch (Address.parse(text)) {
            case Address(var name, _, _) when !name.isEmpty() -> {
                fields.error("address", "must be the address alone, without a name");
                yield Optional.empty();
            }
            case Address address -> Optional.of(address.addrSpec());
            case MalformedAddress(var reason) -> {
                fields.error("address", reason);
                yield Optional.empty();
            }
        };
    }

    private List<ConnectOption> options(Fields fields, Optional<Mailbox> mailbox) {
        var texts = fields.texts("providers", MAX_PROVIDERS, MAX_PROVIDER);
        if (fields.has("providers") && texts.isEmpty() && !fields.names("providers")) {
            fields.error("providers", "is empty: leave it out to offer all that are set up");
        }
        var options =
                texts.stream().flatMap(text -> option(fields, text).stream()).distinct().toList();
        var only = mailbox.flatMap(box -> ConnectOption.provider(box.transport().kind()));
        if (only.isPresent() && options.stream().anyMatch(option -> !isOf(option, only.get()))) {
            fields.error(
                    "providers",
                    "must be \""
                            + only.get().text()
                            + "\", which this mailbox is connected by: leave it out");
        }
        return options;
    }

    private static boolean isOf(ConnectOption option, Provider provider) {
        return option instanceof ConnectOption.Consent(var named, _) && named == provider;
    }

    private Optional<ConnectOption> option(Fields fields, String text) {
        var wanted = WantedOption.parse(text);
        if (wanted.isEmpty()) {
            fields.error(
                    "providers",
                    "must contain only \"google\", \"microsoft\", either with the name of an app"
                            + " (\"google/crm\"), and \"smtp\"");
            return Optional.empty();
        }
        return switch (wanted.get()) {
            case WantedOption.AnyServer _ -> Optional.of(new ConnectOption.Password());
            case WantedOption.App(var provider, var name) -> consent(fields, provider, name);
        };
    }

    private Optional<ConnectOption> consent(
            Fields fields, Provider provider, Optional<String> name) {
        var app = apps.find(provider, name).filter(ProviderApp::isDelegated);
        if (app.isEmpty()) {
            fields.error(
                    "providers",
                    "names an app that isn't set up: the operator gives "
                            + provider.text()
                            + name.map(each -> "/" + each).orElse("")
                            + " a client id in POSTRIDER_"
                            + provider.name()
                            + "_CLIENT_ID or POSTRIDER_PROVIDERS_FILE");
        }
        return app.map(found -> new ConnectOption.Consent(provider, found.name()));
    }

    private static Tier tier(Fields fields) {
        var text = fields.optionalText("tier", 16);
        var tier = text.flatMap(Tier::of);
        if (text.isPresent() && tier.isEmpty()) {
            fields.error("tier", "must be \"send\", \"settle\" or \"read\"");
        }
        return tier.orElse(Tier.SEND);
    }

    private Optional<ReturnUrl> returnUrl(Fields fields, Caller caller) {
        var text = fields.optionalText("return_url", ReturnUrl.MAX_LENGTH);
        var url = text.flatMap(ReturnUrl::parse);
        if (text.isPresent() && url.isEmpty()) {
            fields.error("return_url", ReturnUrl.FORM);
        }
        var isAllowed =
                url.isEmpty()
                        || workspaces
                                .find(caller.workspaceId())
                                .filter(workspace -> workspace.allows(url.get()))
                                .isPresent();
        if (!isAllowed) {
            fields.error(
                    "return_url",
                    "is not on the workspace's list: an admin adds it, or what it begins with, by"
                            + " PATCH /workspace {\"return_urls\": [...]}");
        }
        return url;
    }

    private static Optional<String> state(Fields fields) {
        var state = fields.optionalText("state", MAX_STATE);
        state.flatMap(PlainText::flawIn).ifPresent(flaw -> fields.error("state", flaw));
        return state;
    }
}
