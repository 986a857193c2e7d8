package dev.postrider.testkit.provider.microsoft.state;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All app registrations. Safe for concurrent use. */
public final class MicrosoftApps {
    private final List<MicrosoftApp> all = new CopyOnWriteArrayList<>();

    public MicrosoftApp register(String name) {
        var app = new MicrosoftApp(name);
        all.add(app);
        return app;
    }

    public Optional<MicrosoftApp> find(String clientId) {
        return all.stream().filter(app -> app.clientId().equals(clientId)).findFirst();
    }

    public List<MicrosoftApp> all() {
        return List.copyOf(all);
    }
}
