package dev.postrider.boot;

import dev.postrider.vault.GivenMasterKey;
import dev.postrider.vault.KeysetForm;
import dev.postrider.vault.KmsKey;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.MasterKeySource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the master key is; a file of the data folder when neither a file nor the key is given.
 *
 * @param kms the key of a key management service that encrypts it
 */
public record MasterKeySettings(
        Optional<Path> file, Optional<Settings.Secret> text, Optional<KmsKey> kms) {

    public boolean areGiven() {
        return file.isPresent() || text.isPresent();
    }

    public MasterKeySource source(Path dataDir) {
        return text.<MasterKeySource>map(secret -> new GivenMasterKey(secret.value(), form()))
                .orElseGet(() -> file(dataDir));
    }

    public MasterKeyFile file(Path dataDir) {
        return new MasterKeyFile(file.orElseGet(() -> dataDir.resolve("master-key.json")), form());
    }

    public KeysetForm form() {
        return new KeysetForm(kms);
    }
}
