package dev.postrider.vault;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * A master key in a file. Nobody else may read it (its group may: secrets are often mounted so).
 */
public record MasterKeyFile(Path path, KeysetForm form) implements MasterKeySource {
    /** One whose keyset is in the clear. */
    public MasterKeyFile(Path path) {
        this(path, KeysetForm.CLEAR);
    }

    /**
     * Writes a new keyset, with mode 0600.
     *
     * @throws MasterKeyUnusable when there is a file already, or the folder can't be written
     */
    public void create() {
        try {
            write(
                    KeysetHandle.generateNew(
                            PredefinedAeadParameters.AES256_GCM, MasterKey.CONFIGURATION));
        } catch (FileAlreadyExistsException _) {
            throw new MasterKeyUnusable(
                    "The master key file " + path + " exists already; it is not overwritten.");
        } catch (IOException e) {
            throw new MasterKeyUnusable(
                    "The master key file " + path + " can't be written (" + e.getMessage() + ").");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a key, which seals from then on; the others stay to open what they sealed. */
    void addKey() {
        try {
            var next =
                    KeysetHandle.generateNew(
                                    PredefinedAeadParameters.AES256_GCM, MasterKey.CONFIGURATION)
                            .getPrimary();
            replace(
                    KeysetHandle.newBuilder(open().keyset())
                            .addEntry(
                                    KeysetHandle.importKey(next.getKey())
                                            .withFixedId(next.getId())
                                            .makePrimary())
                            .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void retireOldKeys() {
        replace(open().withoutOldKeys());
    }

    /**
     * Writes the keyset in another form.
     *
     * @throws MasterKeyUnusable when it isn't in this one, or can't be written in the other
     */
    public void rewrite(KeysetForm other) {
        new MasterKeyFile(path, other).replace(open().keyset());
    }

    /** By a rename, so that it is never half written. */
    private void replace(KeysetHandle keyset) {
        var draft = new MasterKeyFile(path.resolveSibling(path.getFileName() + ".new"), form);
        try {
            Files.deleteIfExists(draft.path());
            draft.write(keyset);
            Files.move(draft.path(), path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new MasterKeyUnusable(
                    "The master key file " + path + " can't be written (" + e.getMessage() + ").");
        }
    }

    private void write(KeysetHandle keyset) throws IOException {
        var text = form.write(keyset);
        Files.createFile(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(path, text);
    }

    @Override
    public MasterKey open() {
        try {
            var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            if (!permissions.endsWith("---")) {
                throw new MasterKeyUnusable(
                        "The master key file "
                                + path
                                + " can be read by others ("
                                + permissions
                                + "): chmod 600 it.");
            }
            return switch (form.read(Files.readString(path))) {
                case KeysetForm.Read.Opened(var keyset) -> MasterKey.of(keyset);
                case KeysetForm.Read.Unusable(var reason, var passes) ->
                        throw new MasterKeyUnusable(
                                "The master key file " + path + " " + reason, passes);
            };
        } catch (NoSuchFileException _) {
            throw new MasterKeyUnusable(
                    "The master key file "
                            + path
                            + " doesn't exist: restore it, or for a new database make one with"
                            + " ./postrider keys create "
                            + path
                            + ".");
        } catch (IOException e) {
            throw new MasterKeyUnusable(
                    "The master key file " + path + " can't be read (" + e.getMessage() + ").");
        }
    }
}
