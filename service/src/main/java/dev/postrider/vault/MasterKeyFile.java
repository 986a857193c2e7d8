package dev.postrider.vault;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
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
 * The file with the keyset (Tink's JSON) that seals everything. Whoever reads it and the database
 * reads the credentials, so nobody else may read it (its group may: secrets are often mounted so);
 * whoever loses it loses the credentials.
 */
public record MasterKeyFile(Path path) {
    private static final Configuration CONFIGURATION = MasterKey.CONFIGURATION;

    /**
     * Writes a new keyset, with mode 0600.
     *
     * @throws MasterKeyUnusable when there is a file already, or the folder can't be written
     */
    public void create() {
        try {
            write(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, CONFIGURATION));
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

    /**
     * Makes sure that the keyset can be read.
     *
     * @throws MasterKeyUnusable when it is missing, readable by others, or no keyset
     */
    public void check() {
        var _ = open();
    }

    /** Adds a key, which seals from then on; the others stay to open what they sealed. */
    void addKey() {
        try {
            var next =
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, CONFIGURATION)
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

    /** By a rename, so that it is never half written. */
    private void replace(KeysetHandle keyset) {
        var draft = new MasterKeyFile(path.resolveSibling(path.getFileName() + ".new"));
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
        Files.createFile(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(
                    path,
                    TinkJsonProtoKeysetFormat.serializeKeyset(
                            keyset, CONFIGURATION, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads the keyset.
     *
     * @throws MasterKeyUnusable when it is missing, readable by others, or no keyset
     */
    MasterKey open() {
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
            return new MasterKey(
                    TinkJsonProtoKeysetFormat.parseKeyset(
                            Files.readString(path), CONFIGURATION, InsecureSecretKeyAccess.get()));
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
        } catch (GeneralSecurityException _) {
            throw new MasterKeyUnusable(
                    "The master key file " + path + " holds no keyset: restore it from a backup.");
        }
    }
}
