package dev.postrider.doctor;

import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.MasterKeySource;
import dev.postrider.vault.MasterKeyUnusable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The master key: whether it is there, nobody else may read it, and it opens this database's keys.
 *
 * @param isNew whether there is no database yet that needs it: the first start makes one
 * @param open asks the database, and throws what is wrong; empty when that can't be asked now
 */
public record CheckMasterKey(MasterKeySource source, boolean isNew, Optional<Open> open)
        implements Check {
    private static final String WHY =
            "Without it nothing that is encrypted in the database can be read: mailboxes' passwords"
                    + " and tokens.";

    /** Opens the database's keys by a master key. */
    @FunctionalInterface
    public interface Open {
        /**
         * @return false when the database can't be asked now
         * @throws MasterKeyUnusable when it opens none
         */
        boolean with(MasterKeySource source);
    }

    @Override
    public String about() {
        return "Master key";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        if (source instanceof MasterKeyFile(var path, _) && isNew && Files.notExists(path)) {
            return List.of(
                    Finding.ok(
                            "master-key-new",
                            path
                                    + " doesn't exist yet: the first start makes it. Back it up then."));
        }
        var found = new ArrayList<Finding>();
        try {
            source.check();
            found.add(Finding.ok("master-key", where() + " can be read."));
        } catch (MasterKeyUnusable e) {
            return List.of(
                    Finding.problem(
                            "master-key-unusable",
                            String.valueOf(e.getMessage()),
                            WHY,
                            "Restore it from a backup, or see docs/security.md."));
        }
        if (open.isPresent()) {
            opens(open.get()).ifPresent(found::add);
        }
        found.add(
                Finding.ok(
                        "master-key-backup",
                        "Whether a copy of it is kept elsewhere nobody but you can know: a backup of"
                                + " the database is worth nothing without it."));
        return found;
    }

    private Optional<Finding> opens(Open database) throws InterruptedException {
        try {
            return AtOnce.look(Examine.OF_A_CHECK, () -> database.with(source))
                    .map(could -> could ? Optional.of(opens()) : Optional.<Finding>empty())
                    .orElseGet(() -> Optional.of(unanswered()));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof MasterKeyUnusable unusable)) {
                throw new IllegalStateException(e.getCause());
            }
            return Optional.of(
                    Finding.problem(
                            "master-key-of-another",
                            String.valueOf(unusable.getMessage()),
                            WHY,
                            "Restore this database's key, or correct POSTRIDER_MASTER_KEY_FILE."));
        }
    }

    private static Finding opens() {
        return Finding.ok("master-key-opens", "It opens the database's keys.");
    }

    private static Finding unanswered() {
        return Finding.warning(
                "master-key-untried",
                "Whether it opens the database's keys isn't known: the database answers too slowly.",
                WHY,
                "See what is said of the database, and try again.");
    }

    private String where() {
        return source instanceof MasterKeyFile(var path, _)
                ? path.toString()
                : "POSTRIDER_MASTER_KEY";
    }
}
