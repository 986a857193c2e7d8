package dev.postrider.testkit.provider.microsoft.graph;

import java.util.Set;

/** What a call needs, one of these scopes or roles. */
enum Permission {
    PROFILE("User.Read"),
    SEND("Mail.Send"),
    READ_BASIC("Mail.ReadBasic", "Mail.Read", "Mail.ReadWrite"),
    READ("Mail.Read", "Mail.ReadWrite"),
    WRITE("Mail.ReadWrite");

    @SuppressWarnings("ImmutableEnumChecker") // Set.of
    private final Set<String> names;

    Permission(String... names) {
        this.names = Set.of(names);
    }

    Set<String> names() {
        return names;
    }
}
