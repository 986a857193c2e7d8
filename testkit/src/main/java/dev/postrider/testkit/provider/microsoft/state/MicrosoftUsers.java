package dev.postrider.testkit.provider.microsoft.state;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All accounts and their tenants, one for each domain. Safe for concurrent use. */
public final class MicrosoftUsers {
    private final List<MicrosoftUser> users = new CopyOnWriteArrayList<>();
    private final List<MicrosoftTenant> tenants = new CopyOnWriteArrayList<>();

    /** That of this address, made when there is none, in its domain's tenant. */
    public synchronized MicrosoftUser account(String email) {
        return find(email)
                .orElseGet(() -> {
                    var user =
                            new MicrosoftUser(
                                    tenant(email.substring(email.indexOf('@') + 1)), email);
                    users.add(user);
                    return user;
                });
    }

    /** By address, name or id. */
    public Optional<MicrosoftUser> find(String name) {
        return users.stream().filter(user -> user.isCalled(name)).findFirst();
    }

    public List<MicrosoftUser> all() {
        return List.copyOf(users);
    }

    /** That of a domain, made when there is none; personal ones share theirs. */
    public synchronized MicrosoftTenant tenant(String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        return findTenant(MicrosoftTenant.isPersonal(lower) ? MicrosoftTenant.CONSUMERS : lower)
                .orElseGet(() -> {
                    var tenant = new MicrosoftTenant(lower);
                    tenants.add(tenant);
                    return tenant;
                });
    }

    /** By id or domain. */
    public Optional<MicrosoftTenant> findTenant(String name) {
        return tenants.stream()
                .filter(tenant -> tenant.id().equals(name) || tenant.domain().equals(name))
                .findFirst();
    }

    public List<MicrosoftTenant> tenants() {
        return List.copyOf(tenants);
    }
}
