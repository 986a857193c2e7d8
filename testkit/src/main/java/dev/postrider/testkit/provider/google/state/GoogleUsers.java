package dev.postrider.testkit.provider.google.state;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All accounts. Safe for concurrent use. */
public final class GoogleUsers {
    private final List<GoogleUser> all = new CopyOnWriteArrayList<>();

    /** That of this address, made when there is none. */
    public synchronized GoogleUser account(String email) {
        return find(email)
                .orElseGet(() -> {
                    var user = new GoogleUser(email);
                    all.add(user);
                    return user;
                });
    }

    public Optional<GoogleUser> find(String email) {
        return all.stream().filter(user -> user.email().equalsIgnoreCase(email)).findFirst();
    }

    public List<GoogleUser> all() {
        return List.copyOf(all);
    }
}
