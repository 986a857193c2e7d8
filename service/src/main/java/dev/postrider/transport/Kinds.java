package dev.postrider.transport;

import dev.postrider.transport.gmail.GmailKind;
import dev.postrider.transport.graph.GraphKind;
import dev.postrider.transport.sandbox.SandboxKind;
import dev.postrider.transport.smtp.SmtpKind;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The one list of the kinds of transport. */
@Singleton
public final class Kinds {
    private final List<Kind> all;

    @Inject
    public Kinds(SmtpKind smtp, SandboxKind sandbox, GmailKind gmail, GraphKind microsoft) {
        this(List.of(smtp, sandbox, gmail, microsoft));
    }

    /** Some kinds; tests have more than there are. */
    public Kinds(List<Kind> all) {
        this.all = List.copyOf(all);
    }

    public List<Kind> all() {
        return all;
    }

    public Optional<Kind> named(String name) {
        return all.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }
}
