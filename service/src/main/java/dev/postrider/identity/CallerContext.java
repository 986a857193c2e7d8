package dev.postrider.identity;

import jakarta.ws.rs.core.SecurityContext;

/** A request's caller, in the form that the framework hands on. */
record CallerContext(Caller caller, boolean overTls) implements SecurityContext {
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
