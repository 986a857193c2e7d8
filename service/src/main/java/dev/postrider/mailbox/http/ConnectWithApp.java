package dev.postrider.mailbox.http;

import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.http.Fields;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.user.Users;
import dev.postrider.mailbox.ConnectByApp;
import dev.postrider.mailbox.MailboxOptions;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.NewMailbox;
import dev.postrider.transport.Kinds;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/** {@code POST /mailboxes} with an app that needs no user's consent. */
@Singleton
final class ConnectWithApp {
    private final ConnectByApp connect;
    private final ProviderApps apps;
    private final Users users;
    private final Kinds kinds;

    ConnectWithApp(ConnectByApp connect, ProviderApps apps, Users users, Kinds kinds) {
        this.connect = connect;
        this.apps = apps;
        this.users = users;
        this.kinds = kinds;
    }

    boolean isWanted(Fields fields) {
        return fields.has("app");
    }

    /**
     * @param answer to what was stored
     */
    Response connect(Fields fields, Caller caller, Function<Mailboxes.Connected, Response> answer)
            throws InterruptedException {
        if (!AdminRights.isOne(caller)) {
            return ProblemCode.FORBIDDEN.response(
                    "Only the workspace's owners and admins may connect a mailbox without its"
                            + " user's consent.");
        }
        var parse = new ParseApp(fields, apps, users);
        var app = parse.app();
        var user = parse.user(caller);
        var address = ParseIdentity.address(fields);
        var displayName = ParseIdentity.displayName(fields, address);
        var options = new ParseOptions(fields).changing(MailboxOptions.USUAL);
        var name = fields.text("provider", 40);
        var kind = kinds.named(name);
        if (kind.isEmpty()) {
            fields.error("provider", "isn't known here");
        } else {
            ParseTransport.refuseOthers(fields, kinds, name);
        }
        if (!fields.areValid() || app.isEmpty() || kind.isEmpty()) {
            return fields.problem().response();
        }
        var setup = kind.get().connect(caller.workspaceId(), fields.object(name), address);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        var mailbox =
                new NewMailbox(
                        caller.workspaceId(),
                        user,
                        address,
                        displayName,
                        setup.transport(),
                        setup.secret(),
                        options);
        return switch (connect.connect(mailbox, app.get())) {
            case ConnectByApp.Result.Stored(var connected) -> answer.apply(connected);
            case ConnectByApp.Result.Refused(var problem) -> {
                fields.error("address", problem);
                yield fields.problem().response();
            }
            case ConnectByApp.Result.AppAtFault(var problem) ->
                    ProblemCode.NOT_SET_UP.response("The app can't be used. " + problem);
            case ConnectByApp.Result.NotNow(var problem) ->
                    ProblemCode.UNAVAILABLE.response(problem + " Try again in a moment.");
        };
    }
}
