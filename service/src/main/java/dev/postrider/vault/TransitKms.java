package dev.postrider.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HashiCorp Vault's (and OpenBao's) transit engine, for which Tink has no library in Java. Its
 * token is in {@code VAULT_TOKEN}; without one, a Vault proxy on this host may add its own.
 *
 * @param environment looks a variable up by its name
 * @param token what the service knows this program by
 */
record TransitKms(Function<String, @Nullable String> environment, Optional<String> token)
        implements KmsClient {
    static final String TLS = "hcvault";

    /** For a proxy on the same host only: the keyset itself is in the answer. */
    static final String CLEAR = "hcvault+http";

    private static final Set<String> THIS_HOST = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Pattern KEY = Pattern.compile("/(.+)/keys/([^/]+)");

    TransitKms(Function<String, @Nullable String> environment) {
        this(environment, Optional.empty());
    }

    @Override
    public boolean doesSupport(String uri) {
        return uri.startsWith(TLS + "://") || uri.startsWith(CLEAR + "://");
    }

    @Override
    public KmsClient withCredentials(String file) throws GeneralSecurityException {
        try {
            return new TransitKms(
                    environment, Optional.of(Files.readString(Path.of(file)).strip()));
        } catch (IOException | InvalidPathException e) {
            throw new GeneralSecurityException("the file " + file + " can't be read", e);
        }
    }

    @Override
    public KmsClient withDefaultCredentials() {
        return new TransitKms(environment, variable("VAULT_TOKEN"));
    }

    @Override
    public Aead getAead(String uri) throws GeneralSecurityException {
        try {
            var given = new URI(uri);
            var key = KEY.matcher(Optional.ofNullable(given.getPath()).orElse(""));
            if (given.getHost() == null || !key.matches()) {
                throw malformed();
            }
            var isClear = given.getScheme().equals(CLEAR);
            if (isClear && !THIS_HOST.contains(given.getHost())) {
                throw new GeneralSecurityException(CLEAR + ":// is for a proxy on this host only");
            }
            var engine =
                    (isClear ? "http" : "https")
                            + "://"
                            + given.getRawAuthority()
                            + "/v1/"
                            + key.group(1);
            return new TransitKey(engine, key.group(2), token, variable("VAULT_NAMESPACE"));
        } catch (URISyntaxException _) {
            throw malformed();
        }
    }

    private static GeneralSecurityException malformed() {
        return new GeneralSecurityException(
                "a key looks like hcvault://vault.example.com:8200/transit/keys/postrider");
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "(transit engine)";
    }
}
