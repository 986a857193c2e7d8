package dev.postrider.testkit.provider.google.state;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Scopes by their full names. */
public final class GoogleScope {
    private static final String PREFIX = "https://www.googleapis.com/auth/";

    public static final String OPENID = "openid";
    public static final String EMAIL = PREFIX + "userinfo.email";
    public static final String PROFILE = PREFIX + "userinfo.profile";
    public static final String SEND = PREFIX + "gmail.send";
    public static final String COMPOSE = PREFIX + "gmail.compose";
    public static final String METADATA = PREFIX + "gmail.metadata";
    public static final String READONLY = PREFIX + "gmail.readonly";
    public static final String MODIFY = PREFIX + "gmail.modify";
    public static final String SETTINGS = PREFIX + "gmail.settings.basic";
    public static final String ALL = "https://mail.google.com/";

    private static final Set<String> SIGN_IN = Set.of(OPENID, EMAIL, PROFILE);
    private static final Set<String> MAIL =
            Set.of(SEND, COMPOSE, METADATA, READONLY, MODIFY, SETTINGS, ALL);

    private GoogleScope() {}

    /** {@code email} and {@code gmail.send} are short for what Google answers with. */
    public static String canonical(String scope) {
        return switch (scope) {
            case "email" -> EMAIL;
            case "profile" -> PROFILE;
            default -> MAIL.contains(PREFIX + scope) ? PREFIX + scope : scope;
        };
    }

    public static Set<String> canonical(List<String> scopes) {
        var all = new LinkedHashSet<String>();
        scopes.stream().map(GoogleScope::canonical).forEach(all::add);
        return all;
    }

    public static boolean isKnown(String scope) {
        return SIGN_IN.contains(scope) || MAIL.contains(scope);
    }

    public static boolean isSignIn(String scope) {
        return SIGN_IN.contains(scope);
    }

    public static boolean isMail(String scope) {
        return MAIL.contains(scope);
    }

    /** On the consent page. */
    public static String description(String scope) {
        return switch (scope) {
            case SEND -> "Send email on your behalf";
            case COMPOSE -> "Manage drafts and send emails";
            case METADATA -> "View your email message metadata such as labels and headers";
            case READONLY -> "View your email messages and settings";
            case MODIFY -> "Read, compose, and send emails from your Gmail account";
            case SETTINGS -> "See, edit, create or change your email settings and filters";
            case ALL -> "Read, compose, send, and permanently delete all your email";
            case EMAIL -> "See your primary Google Account email address";
            case PROFILE -> "See your personal info";
            default -> "Associate you with your personal info on Google";
        };
    }
}
