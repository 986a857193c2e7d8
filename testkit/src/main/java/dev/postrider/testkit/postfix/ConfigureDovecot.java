package dev.postrider.testkit.postfix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes Dovecot's configuration, the passwords and the key of the access tokens. */
record ConfigureDovecot(ServerFolder folder, PostfixSettings settings, AccessTokens tokens) {

    void run() throws IOException {
        var config = folder.make("dovecot");
        new Template("dovecot.conf").write(config, Map.of("root", folder.root()));
        new Template("oauth2.conf").write(config, Map.of("root", folder.root()));
        writeSecret(config.resolve("users"), passwordFile());
        writeSecret(keyFile(), tokens.keyInBase64());
    }

    /** In base64, because a colon ends a password. */
    private String passwordFile() {
        var base64 = Base64.getEncoder();
        return settings.users().entrySet().stream()
                .map(user ->
                        "%s:{PLAIN.b64}%s%n"
                                .formatted(
                                        user.getKey(),
                                        base64.encodeToString(user.getValue().getBytes(UTF_8))))
                .collect(Collectors.joining());
    }

    /**
     * Dovecot looks for {@code <client>/<algorithm>/<key id>}, each {@code default} when a token
     * doesn't say.
     */
    private Path keyFile() throws IOException {
        folder.make("dovecot/keys");
        folder.make("dovecot/keys/default");
        return folder.make("dovecot/keys/default/HS256").resolve("default");
    }

    private static void writeSecret(Path file, String text) throws IOException {
        ServerFolder.giveTo("dovecot", Files.writeString(file, text), "rw-------");
    }
}
