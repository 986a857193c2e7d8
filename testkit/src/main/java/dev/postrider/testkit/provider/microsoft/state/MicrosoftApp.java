package dev.postrider.testkit.provider.microsoft.state;

import dev.postrider.testkit.provider.Secrets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An operator's app registration. A test changes it, requests read it. */
public final class MicrosoftApp {

    /** Supported account types. */
    public enum Accounts {
        /** Those of the tenant {@link #homeTenant}. */
        ONE_ORGANISATION,
        ORGANISATIONS,
        EVERYBODY,
        CONSUMERS
    }

    /** What a redirect URI is registered as: it decides how long refresh tokens live. */
    public enum Platform {
        WEB,
        SPA
    }

    /** A client secret; the id is what is often pasted by mistake. */
    public record Secret(String id, String value, Instant endsAt) {}

    private final String name;
    private final String clientId = UUID.randomUUID().toString();
    private final Map<String, Platform> redirectUris = new ConcurrentHashMap<>();
    private final List<Secret> secrets = new CopyOnWriteArrayList<>();
    private final Set<X509Certificate> certificates = ConcurrentHashMap.newKeySet();
    private volatile Accounts accounts = Accounts.EVERYBODY;
    private volatile String homeTenant = "";
    private volatile boolean disabled;

    MicrosoftApp(String name) {
        this.name = name;
        addSecret(Instant.MAX);
    }

    public String name() {
        return name;
    }

    public String clientId() {
        return clientId;
    }

    /** The newest secret's value. */
    public String clientSecret() {
        return secrets.getLast().value();
    }

    public List<Secret> secrets() {
        return List.copyOf(secrets);
    }

    public Secret addSecret(Instant endsAt) {
        var secret = new Secret(UUID.randomUUID().toString(), "8Q~" + Secrets.token(28), endsAt);
        secrets.add(secret);
        return secret;
    }

    /** All there are now are gone; the new one counts. */
    public MicrosoftApp rotateSecret() {
        var old = List.copyOf(secrets);
        addSecret(Instant.MAX);
        secrets.removeAll(old);
        return this;
    }

    /** All there are now end at this time. */
    public MicrosoftApp secretsEndAt(Instant time) {
        secrets.replaceAll(secret -> new Secret(secret.id(), secret.value(), time));
        return this;
    }

    public MicrosoftApp trusts(X509Certificate certificate) {
        certificates.add(certificate);
        return this;
    }

    public Set<X509Certificate> certificates() {
        return Set.copyOf(certificates);
    }

    /** As a web app: compared as it stands. */
    public MicrosoftApp redirectsTo(String uri) {
        redirectUris.put(uri, Platform.WEB);
        return this;
    }

    /** As a single-page app, whose refresh tokens live for a day. */
    public MicrosoftApp redirectsToSpa(String uri) {
        redirectUris.put(uri, Platform.SPA);
        return this;
    }

    public Map<String, Platform> redirectUris() {
        return Map.copyOf(redirectUris);
    }

    public Accounts accounts() {
        return accounts;
    }

    public String homeTenant() {
        return homeTenant;
    }

    public MicrosoftApp forAccounts(Accounts which) {
        accounts = which;
        return this;
    }

    /** For the accounts of one tenant only. */
    public MicrosoftApp forTenant(MicrosoftTenant tenant) {
        accounts = Accounts.ONE_ORGANISATION;
        homeTenant = tenant.id();
        return this;
    }

    public boolean isDisabled() {
        return disabled;
    }

    public MicrosoftApp disable(boolean off) {
        disabled = off;
        return this;
    }

    /** Whether a user of this tenant may sign in. */
    public boolean isFor(MicrosoftTenant tenant) {
        return switch (accounts) {
            case ONE_ORGANISATION -> tenant.id().equals(homeTenant);
            case ORGANISATIONS -> !tenant.isConsumers();
            case EVERYBODY -> true;
            case CONSUMERS -> tenant.isConsumers();
        };
    }
}
