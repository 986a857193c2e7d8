package dev.postrider.door.console;

import dev.postrider.door.console.call.Api;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Somebody who is signed in and looks at a page.
 *
 * @param workspace its name
 * @param api as they may call it
 * @param form what they filled in, and its token was right; empty unless they sent one
 * @param formToken for the forms of the page
 * @param zone the browser's time zone
 * @param path that was asked for, with its query, without what the public URL has before it
 * @param origin that they see: scheme, host and port
 * @param isPart whether the page itself asks for a part of it (htmx)
 */
public record Visit(
        Caller caller,
        String workspace,
        Api api,
        Optional<ConsoleForm> form,
        String formToken,
        ZoneId zone,
        Instant now,
        String path,
        String origin,
        boolean isPart)
        implements Principal {
    /**
     * Who asks for a page.
     *
     * @throws IllegalStateException at a class without {@link ConsolePage}: a bug
     */
    public static Visit of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Visit visit) {
            return visit;
        }
        throw new IllegalStateException("this page has no visitor");
    }

    /** What they filled in; for operations that only take forms. */
    public ConsoleForm filled() {
        return form.orElseThrow();
    }

    /** Whether they may manage their workspace. */
    public boolean isAdmin() {
        return caller.role() != Role.MEMBER;
    }

    /** A time as the browser's user reads it. */
    public Moment time(Instant at) {
        return Moment.of(at, zone, now);
    }

    /** The same of a time of the API. */
    public Moment time(String text) {
        return time(Instant.parse(text));
    }

    @Override
    public String getName() {
        return caller.getName();
    }
}
