package dev.postrider.door.api.track;

import dev.postrider.flow.store.find.Scope;
import dev.postrider.identity.http.CallerContext;
import jakarta.ws.rs.core.SecurityContext;

/** Which emails a caller sees. */
final class VisibleTo {
    private VisibleTo() {}

    static Scope caller(SecurityContext security) {
        var caller = CallerContext.caller(security);
        return new Scope(caller.workspaceId(), caller.onlyUser(), caller.onlyMailbox());
    }
}
