package dev.postrider.identity.http;

import dev.postrider.identity.Caller;
import jakarta.ws.rs.core.SecurityContext;

/** A request's caller, in the form that the framework hands on. */
public record CallerContext(Caller caller, boolean overTls) implements SecurityContext {
    /**
     * Who calls an operation.
     *
     * @throws IllegalStateException in an operation that needs no token: a bug
     */
    public static Caller caller(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("this operation has no caller");
    }

    @Override
    public Caller getUserPrincipal() {
        return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.role().code().equals(role);
    }

    @Override
    public boolean isSecure() {
        return overTls;
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
