package dev.postrider.mailbox.http;

import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.Users;
import java.util.Optional;
import java.util.UUID;

/** Reads which app a mailbox is to be connected with that has access of its own, and for whom. */
record ParseApp(Fields fields, ProviderApps apps, Users users) {
    private static final String FIELD = "app";
    private static final int MAX_NAME = 40;

    /** Empty beside an error. */
    Optional<ProviderApp> app() {
        var provider =
                switch (fields.text("provider", MAX_NAME)) {
                    case "gmail" -> Optional.of(Provider.GOOGLE);
                    case "microsoft" -> Optional.of(Provider.MICROSOFT);
                    case String _ -> Optional.<Provider>empty();
                };
        if (provider.isEmpty()) {
            fields.error(FIELD, "belongs to the providers gmail and microsoft");
            return Optional.empty();
        }
        var app =
                fields.optionalText(FIELD, MAX_NAME)
                        .flatMap(name -> apps.find(provider.get(), Optional.of(name)))
                        .filter(found -> !found.isDelegated());
        if (app.isEmpty()) {
            fields.error(
                    FIELD,
                    "names no app with access of its own: the operator lists it in"
                            + " POSTRIDER_PROVIDERS_FILE with \"access\": \"application\"");
        }
        return app;
    }

    /** The user whose mailbox it is to be: the caller, unless another is named. */
    UUID user(Caller caller) {
        var text = fields.optionalText("user_id", 36);
        var user =
                text.flatMap(Id::parse)
                        .filter(_ -> AdminRights.isOne(caller))
                        .flatMap(id -> users.find(caller.workspaceId(), id))
                        .filter(User::isActive)
                        .map(User::id);
        if (text.isPresent() && user.isEmpty()) {
            fields.error("user_id", "is no active user of this workspace");
        }
        return user.orElse(caller.userId());
    }
}
