package dev.postrider.backup;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What seals a backup. Never prints itself. */
public sealed interface BackupKey {
    /** Nothing does. */
    record None() implements BackupKey {}

    /**
     * Words that somebody remembers.
     *
     * @param cost of each guess; that of a backup that exists stands in it
     */
    record Passphrase(String words, Cost cost) implements BackupKey {
        public Passphrase(String words) {
            this(words, Cost.STANDARD);
        }

        @Override
        public String toString() {
            return "Passphrase";
        }
    }

    /** The content of a file with at least 32 octets that nobody can guess. */
    record KeyFile(String content) implements BackupKey {
        static final int LEAST_OCTETS = 32;

        public KeyFile {
            if (content.getBytes(StandardCharsets.UTF_8).length < LEAST_OCTETS) {
                throw new BackupUnusable(
                        "The key file is too short: make one with openssl rand -hex 32.");
            }
        }

        @Override
        public String toString() {
            return "KeyFile";
        }
    }

    /** What Argon2id takes (RFC 9106, the second recommended option of section 4, one lane). */
    record Cost(int kibibytes, int passes) {
        static final Cost STANDARD = new Cost(64 << 10, 3);
    }

    /** How words become a key. */
    record Stretching(int kibibytes, int passes, String salt) {
        private static final int MOST_KIBIBYTES = 1 << 20;
        private static final int MOST_PASSES = 64;

        byte[] key(Passphrase passphrase) {
            if (kibibytes > MOST_KIBIBYTES || passes > MOST_PASSES) {
                throw new BackupUnusable("The backup wants more memory than a passphrase needs.");
            }
            return Argon2Function.getInstance(
                            kibibytes, passes, 1, 32, Argon2.ID, Argon2Function.ARGON2_VERSION_13)
                    .hash(
                            passphrase.words().getBytes(StandardCharsets.UTF_8),
                            Base64.getDecoder().decode(salt))
                    .getBytes();
        }
    }
}
