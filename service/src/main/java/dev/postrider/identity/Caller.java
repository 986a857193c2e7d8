package dev.postrider.identity;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.UUID;

/** The user on whose behalf a request is made, as they are now, not as when they logged in. */
public record Caller(UUID workspaceId, UUID userId, String email, Role role) implements Principal {
    /**
     * Who calls an operation.
     *
     * @throws IllegalStateException in an operation that needs no token: a bug
     */
    public static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("this operation has no caller");
    }

    @Override
    public String getName() {
        return userId.toString();
    }
}
