package dev.postrider.door.api.track;

import dev.postrider.flow.store.change.ChangedBy;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.identity.ApiKey;
import dev.postrider.identity.http.CallerContext;
import jakarta.ws.rs.core.SecurityContext;

/** Which emails a caller sees, and as whom they change them. */
public final class CallerVisibility {
    private CallerVisibility() {}

    public static Visibility caller(SecurityContext security) {
        var caller = CallerContext.caller(security);
        return new Visibility(caller.workspaceId(), caller.onlyUser(), caller.onlyMailbox());
    }

    public static ChangedBy changer(SecurityContext security) {
        var caller = CallerContext.caller(security);
        return new ChangedBy(caller.userId(), caller.key().map(ApiKey::id));
    }
}
