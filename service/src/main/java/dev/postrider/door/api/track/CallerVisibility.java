package dev.postrider.door.api.track;

import dev.postrider.flow.store.find.Visibility;
import dev.postrider.identity.http.CallerContext;
import jakarta.ws.rs.core.SecurityContext;

/** Which emails a caller sees. */
final class CallerVisibility {
    private CallerVisibility() {}

    static Visibility caller(SecurityContext security) {
        var caller = CallerContext.caller(security);
        return new Visibility(caller.workspaceId(), caller.onlyUser(), caller.onlyMailbox());
    }
}
