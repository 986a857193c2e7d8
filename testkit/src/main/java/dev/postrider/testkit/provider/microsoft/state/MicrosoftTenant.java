package dev.postrider.testkit.provider.microsoft.state;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An organisation's directory, or that of all personal accounts. A test changes it. */
public final class MicrosoftTenant {
    /** Of personal accounts, as Microsoft documents it. */
    public static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    /** What its users may consent to by themselves. */
    public enum Consent {
        EVERYTHING,
        /** The default of new ones: mail may be sent, not read. */
        MANAGED_BY_MICROSOFT,
        NOTHING
    }

    /**
     * What an admin has given an app for itself.
     *
     * @param addresses the only mailboxes; empty for all
     */
    public record AppRole(Set<String> roles, Set<String> addresses) {
        public AppRole {
            roles = Set.copyOf(roles);
            addresses = Set.copyOf(addresses);
        }

        public boolean allows(String role, String address) {
            return roles.contains(role)
                    && (addresses.isEmpty()
                            || addresses.contains(address.toLowerCase(Locale.ROOT)));
        }
    }

    private final String id;
    private final String domain;
    private final Map<String, Set<String>> adminConsents = new ConcurrentHashMap<>();
    private final Map<String, AppRole> appRoles = new ConcurrentHashMap<>();
    private volatile Consent consent = Consent.MANAGED_BY_MICROSOFT;

    MicrosoftTenant(String domain) {
        this.domain = domain;
        this.id = isPersonal(domain) ? CONSUMERS : UUID.randomUUID().toString();
    }

    static boolean isPersonal(String domain) {
        return Set.of("outlook.com", "hotmail.com", "live.com", "msn.com").contains(domain);
    }

    /** A GUID: the token's {@code tid}. */
    public String id() {
        return id;
    }

    public String domain() {
        return domain;
    }

    public boolean isConsumers() {
        return id.equals(CONSUMERS);
    }

    public Consent consent() {
        return consent;
    }

    public MicrosoftTenant usersMayConsentTo(Consent what) {
        consent = what;
        return this;
    }

    /** An admin consents for everybody: {@code Mail.ReadWrite}. */
    public MicrosoftTenant adminConsents(MicrosoftApp app, Set<String> scopes) {
        adminConsents
                .computeIfAbsent(app.clientId(), any -> ConcurrentHashMap.newKeySet())
                .addAll(scopes.stream().map(MicrosoftScope::bare).toList());
        return this;
    }

    public Set<String> adminConsents(MicrosoftApp app) {
        return Set.copyOf(adminConsents.getOrDefault(app.clientId(), Set.of()));
    }

    /** An admin lets the app act by itself: {@code Mail.Send}, for these mailboxes or all. */
    public MicrosoftTenant grantRoles(MicrosoftApp app, Set<String> roles, Set<String> addresses) {
        appRoles.put(app.clientId(), new AppRole(roles, addresses));
        return this;
    }

    public MicrosoftTenant removeRoles(MicrosoftApp app) {
        appRoles.remove(app.clientId());
        return this;
    }

    public AppRole roles(MicrosoftApp app) {
        return appRoles.getOrDefault(app.clientId(), new AppRole(Set.of(), Set.of()));
    }
}
