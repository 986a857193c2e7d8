package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.KeysetHandle;
import java.util.Base64;

/**
 * A master key that is handed over as it is, by {@code POSTRIDER_MASTER_KEY}: the text of a master
 * key file, or the base64 of it. It stays as it was at the start.
 */
public record GivenMasterKey(String text, KeysetForm form) implements MasterKeySource {

    @Override
    public MasterKey open() {
        return switch (form.read(json())) {
            case KeysetForm.Read.Opened(KeysetHandle keyset) -> MasterKey.of(keyset);
            case KeysetForm.Read.Unusable(var reason, var passes) ->
                    throw new MasterKeyUnusable("POSTRIDER_MASTER_KEY " + reason, passes);
        };
    }

    /** What is neither is no keyset, which its reader says. */
    private String json() {
        if (text.startsWith("{")) {
            return text;
        }
        try {
            return new String(Base64.getMimeDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    @Override
    public String toString() {
        return "(master key)";
    }
}
