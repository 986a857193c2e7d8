package dev.postrider.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Hands the framework the operator's certificate and key, at the start and when they have been
 * renewed. Both are read once and compared: who renews them writes one after the other, and a pair
 * that doesn't fit would end every handshake. The framework goes on with the last pair when this
 * throws. Safe for concurrent use.
 */
@Singleton
@Identifier(ListenAddresses.TLS) final class ReadTlsFiles implements KeyStoreProvider {
    private final Optional<TlsFiles> files;

    /** Of what was read last, whether it could be used or not. */
    private volatile List<FileTime> read = List.of();

    ReadTlsFiles(Settings settings) {
        this.files = settings.listening().tls();
    }

    /**
     * What is in the files now.
     *
     * @return null when there are none: TLS isn't spoken
     * @throws CannotStart when they can't be used
     */
    @Override
    public @Nullable KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        return files.map(each -> read(each, vertx)).orElse(null);
    }

    /** Whether somebody has written to a file since both were read. */
    boolean areRenewed() throws IOException {
        return files.isPresent() && !written(files.get()).equals(read);
    }

    private static List<FileTime> written(TlsFiles files) throws IOException {
        return List.of(
                Files.getLastModifiedTime(files.certificate()),
                Files.getLastModifiedTime(files.key()));
    }

    private KeyStoreAndKeyCertOptions read(TlsFiles files, Vertx vertx) {
        try {
            read = written(files);
            var pair =
                    new PemKeyCertOptions()
                            .setCertValue(Buffer.buffer(Files.readAllBytes(files.certificate())))
                            .setKeyValue(Buffer.buffer(Files.readAllBytes(files.key())));
            var store = pair.loadKeyStore(vertx);
            if (!fits(store, pair.getKeyManagerFactory(vertx))) {
                throw new CannotStart(
                        files
                                + " don't belong together: the certificate is of another key. The"
                                + " server's own certificate comes first in its file, then the chain.");
            }
            return new KeyStoreAndKeyCertOptions(store, pair);
        } catch (IOException e) {
            throw new CannotStart(files + " can't be read: " + e.getMessage() + ".");
        } catch (CannotStart e) {
            throw e;
        } catch (Exception e) {
            // the framework says no closer what it throws for what isn't PEM
            throw new CannotStart(
                    files
                            + " can't be used ("
                            + e.getMessage()
                            + "): give a certificate with its chain behind it, and its key without a"
                            + " password, both as PEM.");
        }
    }

    /** Whether the certificate tells what the key signs: then it is the key's. */
    private static boolean fits(KeyStore store, KeyManagerFactory keys)
            throws GeneralSecurityException {
        for (var alias : Collections.list(store.aliases())) {
            for (var manager : keys.getKeyManagers()) {
                if (manager instanceof X509KeyManager pairs
                        && !verifies(
                                pairs.getPrivateKey(alias),
                                pairs.getCertificateChain(alias)[0].getPublicKey())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean verifies(PrivateKey key, PublicKey certified)
            throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        var signature =
                Signature.getInstance(
                        switch (key.getAlgorithm()) {
                            case "RSA" -> "SHA256withRSA";
                            case "EC" -> "SHA256withECDSA";
                            case String other -> other;
                        });
        signature.initSign(key);
        signature.update(TlsFiles.class.getName().getBytes(UTF_8));
        var signed = signature.sign();
        signature.initVerify(certified);
        signature.update(TlsFiles.class.getName().getBytes(UTF_8));
        return signature.verify(signed);
    }
}
