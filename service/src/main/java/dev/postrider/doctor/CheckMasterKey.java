package dev.postrider.doctor;

import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.MasterKeySource;
import dev.postrider.vault.MasterKeyUnusable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    public List<Finding> look() {
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
        open.flatMap(this::opens).ifPresent(found::add);
        found.add(
                Finding.ok(
                        "master-key-backup",
                        "Whether a copy of it is kept elsewhere nobody but you can know: a backup of"
                                + " the database is worth nothing without it."));
        return found;
    }

    private Optional<Finding> opens(Open database) {
        try {
            return database.with(source)
                    ? Optional.of(Finding.ok("master-key-opens", "It opens the database's keys."))
                    : Optional.empty();
        } catch (MasterKeyUnusable e) {
            return Optional.of(
                    Finding.problem(
                            "master-key-of-another",
                            String.valueOf(e.getMessage()),
                            WHY,
                            "Restore this database's key, or correct POSTRIDER_MASTER_KEY_FILE."));
        }
    }

    private String where() {
        return source instanceof MasterKeyFile(var path, _)
                ? path.toString()
                : "POSTRIDER_MASTER_KEY";
    }
}
