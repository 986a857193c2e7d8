package dev.postrider.mailbox;

/**
 * Why a mailbox is held.
 *
 * @param code stable, for programs: {@code login_refused}, {@code grant_revoked}
 * @param text what happened and what to do, for its user
 */
public record HoldReason(String code, String text) {
    /** Its server refused the login. */
    public static HoldReason loginRefused(String text) {
        return new HoldReason("login_refused", text);
    }

    /** No key opens its credentials. */
    public static HoldReason unreadable(String text) {
        return new HoldReason("credentials_unreadable", text);
    }
}
