package dev.postrider.mailbox.connect;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How connecting a mailbox goes wrong; each has its page, and its code in events and URLs. */
public enum ConnectFailure {
    /** The user said no at the provider, or the app is in testing and doesn't know them. */
    ACCESS_DENIED(
            "The user didn't agree at the provider, or may not: an app in testing knows only listed users."),
    /** The user said no on our own page. */
    CANCELED("The user chose not to connect."),
    /** Another account consented than the one that the link or the mailbox names. */
    WRONG_ACCOUNT(
            "Another account consented than the one that the link or the mailbox is for: the user has to choose that one."),
    /** Less was allowed than is needed: a box on the consent page wasn't ticked. */
    PERMISSION_MISSING(
            "A permission that is needed wasn't given: the user has to tick each box on the consent page."),
    /** The provider gave no refresh token: the mailbox would stop within the hour. */
    NO_REFRESH_TOKEN(
            "The provider gave no lasting permission: the user has to remove the app from their account's settings and try again."),
    /** The user's organisation lets only its administrator consent. */
    ADMIN_CONSENT_REQUIRED(
            "The user's organisation lets only its administrator consent: the page has a link for them."),
    /** The account has no mailbox. */
    NO_MAILBOX("The account has no mailbox, or none that its provider's API reaches."),
    /**
     * The operator's app is at fault: its secret has expired, its redirect URI isn't registered.
     */
    APP_AT_FAULT(
            "The operator's app at the provider is at fault: see provider_app.failing and the operator's log."),
    PROVIDER_UNAVAILABLE("The provider couldn't be reached or was in trouble: try again later."),
    /** The address is connected already, otherwise. */
    MAILBOX_EXISTS(
            "The address is connected already, otherwise or by another account: remove that mailbox first."),
    TOO_MANY_MAILBOXES("The workspace has as many mailboxes as it may."),
    /** The mailbox was changed at the same moment. */
    CONFLICT("The mailbox was changed at the same moment: try again."),
    /** The address's domain doesn't say which server sends for it. */
    SERVER_NOT_FOUND(
            "The address's domain doesn't say which server sends for it: the user has to name it."),
    LOGIN_REFUSED(
            "The mail server refused the login: the address or the password is wrong, or an app password is needed."),
    /** The mail server can't be reached or used. */
    SERVER_UNUSABLE("The mail server can't be reached, or not be logged in to safely.");

    private final String problem;

    ConnectFailure(String problem) {
        this.problem = problem;
    }

    /** What happened and what to do, for programmers. */
    public String problem() {
        return problem;
    }

    /** As programs know it: {@code wrong_account}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ConnectFailure> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
    }
}
