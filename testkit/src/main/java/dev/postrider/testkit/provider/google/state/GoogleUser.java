package dev.postrider.testkit.provider.google.state;

import dev.postrider.testkit.provider.Secrets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An account. A test changes it, requests read it; each of its states has a meaning alone. */
public final class GoogleUser {

    /** What stands between the account and its tokens. */
    public enum State {
        GOOD,
        DELETED,
        /** By the domain's admin. */
        CLIENT_BLOCKED,
        RESTRICTED
    }

    private final String subject = Secrets.digits(21);
    private final Set<String> sendAs = ConcurrentHashMap.newKeySet();
    private volatile String email;
    private volatile State state = State.GOOD;
    private volatile boolean hasMail = true;
    private volatile boolean appsDisabled;
    private volatile Duration sessionLength = Duration.ZERO;

    GoogleUser(String email) {
        this.email = email.toLowerCase(Locale.ROOT);
    }

    /** Google's {@code sub}: it stays when the address changes. */
    public String subject() {
        return subject;
    }

    public String email() {
        return email;
    }

    /** The Workspace's domain; empty for an address of Gmail itself. */
    public Optional<String> hostedDomain() {
        String domain = email.substring(email.indexOf('@') + 1);
        return domain.equals("gmail.com") || domain.equals("googlemail.com")
                ? Optional.empty()
                : Optional.of(domain);
    }

    /** A service account that acts for nobody else. */
    public boolean isServiceAccount() {
        return email.endsWith(ServiceAccount.DOMAIN);
    }

    public State state() {
        return state;
    }

    public GoogleUser become(State other) {
        state = other;
        return this;
    }

    public GoogleUser rename(String address) {
        email = address.toLowerCase(Locale.ROOT);
        return this;
    }

    public boolean hasMail() {
        return hasMail;
    }

    /** A Google account without Gmail. */
    public GoogleUser withoutMail() {
        hasMail = false;
        return this;
    }

    public boolean appsDisabled() {
        return appsDisabled;
    }

    /** The domain's admin has switched Gmail's apps off, or on again. */
    public GoogleUser disableApps(boolean off) {
        appsDisabled = off;
        return this;
    }

    /** Another address that it may send as; its own needs no word. */
    public GoogleUser mayAlsoSendAs(String address) {
        sendAs.add(address.toLowerCase(Locale.ROOT));
        return this;
    }

    public boolean maySendAs(String address) {
        return address.equalsIgnoreCase(email) || sendAs.contains(address.toLowerCase(Locale.ROOT));
    }

    public Set<String> otherAddresses() {
        return Set.copyOf(sendAs);
    }

    /** The organisation demands a fresh sign-in after so long; zero for never. */
    public GoogleUser demandSignInEvery(Duration length) {
        sessionLength = length;
        return this;
    }

    public Duration sessionLength() {
        return sessionLength;
    }
}
