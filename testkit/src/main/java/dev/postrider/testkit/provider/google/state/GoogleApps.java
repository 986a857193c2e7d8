package dev.postrider.testkit.provider.google.state;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All clients. Safe for concurrent use. */
public final class GoogleApps {
    private final List<GoogleApp> all = new CopyOnWriteArrayList<>();
    private final List<ServiceAccount> serviceAccounts = new CopyOnWriteArrayList<>();

    public GoogleApp register(String name) {
        var app = new GoogleApp(name);
        all.add(app);
        return app;
    }

    public Optional<GoogleApp> find(String clientId) {
        return all.stream().filter(app -> app.clientId().equals(clientId)).findFirst();
    }

    /** In a project of its own. */
    public ServiceAccount registerServiceAccount(String name) {
        var account = new ServiceAccount(new GoogleApp(name), name);
        serviceAccounts.add(account);
        return account;
    }

    public Optional<ServiceAccount> serviceAccount(String email) {
        return serviceAccounts.stream()
                .filter(account -> account.email().equals(email))
                .findFirst();
    }

    public List<GoogleApp> all() {
        return List.copyOf(all);
    }
}
