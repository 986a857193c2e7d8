package dev.postrider.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import dev.postrider.backup.BackupKey.Stretching;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A file that is sealed, or isn't. One that is begins with two lines that say how, to which the
 * rest is bound: Tink's streaming AEAD, AES256-GCM with HKDF-SHA256 and segments of a mebibyte,
 * where nothing is cut off, moved or changed unnoticed.
 */
final class SealedFile {
    static final String MAGIC = "postrider-backup 1 sealed\n";
    private static final int LONGEST_LINE = 4096;
    private static final int SEGMENT = 1 << 20;

    private SealedFile() {}

    /**
     * How it is sealed.
     *
     * @param check tells a wrong key from a damaged file
     * @param salt of the passphrase; null: a key file
     */
    record How(
            @JsonProperty("check") String check,
            @JsonProperty("argon2id_kibibytes") int kibibytes,
            @JsonProperty("argon2id_passes") int passes,
            @JsonProperty("salt") @Nullable String salt) {}

    static OutputStream write(OutputStream out, BackupKey key) throws IOException {
        return switch (key) {
            case BackupKey.None _ -> out;
            case BackupKey.Passphrase words -> {
                var random = new byte[16];
                new SecureRandom().nextBytes(random);
                var salt = Base64.getEncoder().encodeToString(random);
                var stretching =
                        new Stretching(words.cost().kibibytes(), words.cost().passes(), salt);
                yield write(out, stretching.key(words), stretching);
            }
            case BackupKey.KeyFile file -> write(out, octets(file), null);
        };
    }

    private static OutputStream write(OutputStream out, byte[] key, @Nullable Stretching stretching)
            throws IOException {
        var how =
                stretching == null
                        ? new How(check(key), 0, 0, null)
                        : new How(
                                check(key),
                                stretching.kibibytes(),
                                stretching.passes(),
                                stretching.salt());
        var head = MAGIC + new String(BackupJson.write(how), StandardCharsets.UTF_8) + "\n";
        var octets = head.getBytes(StandardCharsets.UTF_8);
        out.write(octets);
        try {
            return cipher(key).newEncryptingStream(out, octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Opens what was written.
     *
     * @throws BackupUnusable when the key is missing, or the wrong one
     */
    static InputStream read(InputStream in, BackupKey key) throws IOException {
        var magic = MAGIC.getBytes(StandardCharsets.UTF_8);
        var begin = new PushbackInputStream(in, magic.length);
        var first = begin.readNBytes(magic.length);
        if (!Arrays.equals(first, magic)) {
            begin.unread(first);
            return begin;
        }
        var line = line(begin);
        var how = BackupJson.read(line.getBytes(StandardCharsets.UTF_8), How.class);
        var opened = key(how, key);
        if (!MessageDigest.isEqual(
                check(opened).getBytes(StandardCharsets.UTF_8),
                String.valueOf(how.check()).getBytes(StandardCharsets.UTF_8))) {
            throw new BackupUnusable(
                    "The "
                            + (how.salt() == null ? "key file" : "passphrase")
                            + " isn't the one that the backup was made with.");
        }
        try {
            return cipher(opened)
                    .newDecryptingStream(
                            begin, (MAGIC + line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it begins like one that words open. */
    static boolean wantsPassphrase(Path file) {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var magic = MAGIC.getBytes(StandardCharsets.UTF_8);
            return Arrays.equals(in.readNBytes(magic.length), magic)
                    && BackupJson.read(line(in).getBytes(StandardCharsets.UTF_8), How.class).salt()
                            != null;
        } catch (IOException _) {
            // whoever reads it all says what is wrong
            return false;
        }
    }

    private static byte[] key(How how, BackupKey given) {
        return switch (given) {
            case BackupKey.Passphrase words when how.salt() != null ->
                    new Stretching(how.kibibytes(), how.passes(), how.salt()).key(words);
            case BackupKey.KeyFile file when how.salt() == null -> octets(file);
            case BackupKey.None _, BackupKey.Passphrase _, BackupKey.KeyFile _ ->
                    throw new BackupUnusable(
                            how.salt() == null
                                    ? "The backup is encrypted with a key file: name it with --key-file."
                                    : "The backup is encrypted with a passphrase: give it with"
                                            + " --passphrase-file, in POSTRIDER_BACKUP_PASSPHRASE, or in a"
                                            + " terminal.");
        };
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > LONGEST_LINE) {
                throw new IOException("its head is damaged");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private static byte[] octets(BackupKey.KeyFile file) {
        return file.content().getBytes(StandardCharsets.UTF_8);
    }

    private static String check(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of()
                    .formatHex(mac.doFinal(MAGIC.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AesGcmHkdfStreaming cipher(byte[] key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", 32, SEGMENT, 0);
    }
}
