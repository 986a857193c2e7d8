package dev.postrider.identity.http;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import jakarta.ws.rs.core.Response;

/** Who may do what to whom: members nothing, admins nothing to owners. */
public final class AdminRights {
    private AdminRights() {}

    public static boolean isOne(Caller caller) {
        return switch (caller.role()) {
            case OWNER, ADMIN -> true;
            case MEMBER -> false;
        };
    }

    /** Whether a caller may give, take or touch a role. */
    public static boolean mayManage(Caller caller, Role role) {
        return switch (caller.role()) {
            case OWNER -> true;
            case ADMIN -> role != Role.OWNER;
            case MEMBER -> false;
        };
    }

    public static Response forbidden() {
        return Problem.of(
                        ProblemCode.FORBIDDEN,
                        "This is for the workspace's owners and admins; only owners manage owners.")
                .response();
    }

    /** The same for one that isn't there and one of another workspace. */
    public static Response notFound() {
        return Problem.of(
                        ProblemCode.NOT_FOUND,
                        "Your workspace has no user with this id: GET /users lists them.")
                .response();
    }

    public static Response lastOwner() {
        return Problem.of(
                        ProblemCode.CONFLICT,
                        "This is the workspace's last owner: make somebody else an owner first.")
                .response();
    }
}
