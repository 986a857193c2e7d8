package dev.postrider.identity.http;

import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import jakarta.ws.rs.core.Response;

/** Who may do what to whom: members nothing, admins nothing to owners. */
public final class AdminRights {
    /** For the descriptions of operations. */
    public static final String ONLY = "Only the workspace's owners and admins may do this";

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
        return ProblemCode.FORBIDDEN.response(
                "Only the workspace's owners and admins may do this, and only owners manage"
                        + " owners.");
    }

    /** The same for one that isn't there and one of another workspace. */
    public static Response notFound() {
        return ProblemCode.NOT_FOUND.response(
                "Your workspace has no user with this id: GET /users lists them.");
    }

    public static Response lastOwner() {
        return ProblemCode.CONFLICT.response(
                "This is the workspace's last owner: make somebody else an owner first.");
    }
}
