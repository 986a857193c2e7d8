package dev.postrider.testkit.provider.google.state;

import dev.postrider.testkit.provider.Secrets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An operator's OAuth client and its project. A test changes it, requests read it. */
public final class GoogleApp {

    /** For whom it is. */
    public enum Audience {
        /** Members of the organisation of {@link #domain}. */
        INTERNAL,
        /** Listed test users, whose refresh tokens end after 7 days. */
        TESTING,
        PRODUCTION
    }

    private final String name;
    private final String clientId = Secrets.digits(12) + "-" + Secrets.hex(16) + ".apps.test";
    private final Set<String> redirectUris = ConcurrentHashMap.newKeySet();
    private final Set<String> testUsers = ConcurrentHashMap.newKeySet();
    private volatile String clientSecret = "GOCSPX-" + Secrets.token(21);
    private volatile Audience audience = Audience.PRODUCTION;
    private volatile String domain = "";
    private volatile boolean deleted;
    private volatile boolean apiEnabled = true;

    GoogleApp(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public String clientId() {
        return clientId;
    }

    public String clientSecret() {
        return clientSecret;
    }

    /** The operator makes a new secret, and the old one is gone. */
    public GoogleApp rotateSecret() {
        clientSecret = "GOCSPX-" + Secrets.token(21);
        return this;
    }

    /** Compared as it stands, with scheme, case and trailing slash. */
    public GoogleApp redirectsTo(String uri) {
        redirectUris.add(uri);
        return this;
    }

    public boolean mayRedirectTo(String uri) {
        return redirectUris.contains(uri);
    }

    public Set<String> redirectUris() {
        return Set.copyOf(redirectUris);
    }

    public Audience audience() {
        return audience;
    }

    public GoogleApp inProduction() {
        audience = Audience.PRODUCTION;
        return this;
    }

    public GoogleApp inTesting(String... users) {
        audience = Audience.TESTING;
        for (String user : users) {
            testUsers.add(user.toLowerCase(Locale.ROOT));
        }
        return this;
    }

    public GoogleApp internalTo(String organisation) {
        audience = Audience.INTERNAL;
        domain = organisation;
        return this;
    }

    public String domain() {
        return domain;
    }

    public boolean hasTestUser(String email) {
        return testUsers.contains(email.toLowerCase(Locale.ROOT));
    }

    public boolean isDeleted() {
        return deleted;
    }

    /** Deleted, or restored. */
    public GoogleApp delete(boolean gone) {
        deleted = gone;
        return this;
    }

    public boolean isApiEnabled() {
        return apiEnabled;
    }

    /** Gmail's API of the project, on or off. */
    public GoogleApp enableApi(boolean on) {
        apiEnabled = on;
        return this;
    }
}
