package dev.postrider.testkit.provider.microsoft.state;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An account. A test changes it, requests read it; each of its states has a meaning alone. */
public final class MicrosoftUser {

    /** Whether there is a mailbox that Graph can reach. */
    public enum Mail {
        HERE,
        /** No licence: {@code mail} is null, and Graph denies access. */
        NONE,
        NOT_ENABLED,
        ON_PREMISES,
        FULL,
        /** Microsoft suspects it of spam. */
        BLOCKED
    }

    private final String objectId = UUID.randomUUID().toString();
    private final MicrosoftTenant tenant;
    private final Set<String> sendAs = ConcurrentHashMap.newKeySet();
    private volatile String address;
    private volatile String principalName;
    private volatile Mail mail = Mail.HERE;
    private volatile boolean disabled;

    MicrosoftUser(MicrosoftTenant tenant, String address) {
        this.tenant = tenant;
        this.address = address.toLowerCase(Locale.ROOT);
        this.principalName = this.address;
    }

    /** The token's {@code oid}; with the tenant it stays when the address changes. */
    public String objectId() {
        return objectId;
    }

    public MicrosoftTenant tenant() {
        return tenant;
    }

    public String address() {
        return address;
    }

    /** The name it signs in with, which need not be its address. */
    public String principalName() {
        return principalName;
    }

    public MicrosoftUser signsInAs(String name) {
        principalName = name.toLowerCase(Locale.ROOT);
        return this;
    }

    public MicrosoftUser rename(String other) {
        address = other.toLowerCase(Locale.ROOT);
        return this;
    }

    public Mail mail() {
        return mail;
    }

    public MicrosoftUser withMail(Mail other) {
        mail = other;
        return this;
    }

    public boolean isDisabled() {
        return disabled;
    }

    public MicrosoftUser disable(boolean off) {
        disabled = off;
        return this;
    }

    /** Send As of another address. */
    public MicrosoftUser mayAlsoSendAs(String other) {
        sendAs.add(other.toLowerCase(Locale.ROOT));
        return this;
    }

    public boolean maySendAs(String other) {
        return other.equalsIgnoreCase(address) || sendAs.contains(other.toLowerCase(Locale.ROOT));
    }

    public boolean isCalled(String name) {
        return name.equalsIgnoreCase(address)
                || name.equalsIgnoreCase(principalName)
                || name.equals(objectId);
    }

    /** What {@code mail} of {@code /me} says. */
    public Optional<String> mailAttribute() {
        return mail == Mail.NONE ? Optional.empty() : Optional.of(address);
    }
}
