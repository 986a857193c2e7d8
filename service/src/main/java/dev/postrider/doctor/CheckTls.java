package dev.postrider.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The certificate and its key: whether they can be read, fit each other, last, and are for our
 * name.
 *
 * @param certificate with its chain behind it
 * @param publicUrl whose host it should be for
 */
public record CheckTls(Path certificate, Path key, Optional<URI> publicUrl, InstantSource clock)
        implements Check {
    private static final Duration SOON = Duration.ofDays(14);
    private static final int LEAST_RSA_BITS = 2048;

    /** serverAuth, and any. */
    private static final Set<String> FOR_SERVERS = Set.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");

    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;
    private static final String NO_TLS = "The program doesn't start with it, or clients refuse it.";

    @Override
    public String about() {
        return "TLS";
    }

    @Override
    public List<Finding> look() throws IOException {
        var found = new ArrayList<Finding>();
        List<X509Certificate> chain;
        try {
            chain = PemFiles.chain(certificate);
        } catch (PemFiles.Unreadable e) {
            return List.of(
                    Finding.problem(
                            "tls-certificate-unreadable",
                            certificate + " " + e.reason() + ".",
                            NO_TLS,
                            "Give POSTRIDER_TLS_CERT a PEM file that this user may read, with the"
                                    + " server's certificate first."));
        }
        found.add(key(chain.getFirst()));
        found.add(lasts(endsFirst(chain)));
        purpose(chain.getFirst()).ifPresent(found::add);
        strength(chain.getFirst()).ifPresent(found::add);
        found.add(order(chain));
        publicUrl.map(URI::getHost).ifPresent(host -> found.add(name(chain.getFirst(), host)));
        if (Files.exists(key)) {
            found.add(mode());
        }
        return found;
    }

    private Finding key(X509Certificate own) {
        try {
            return PemFiles.fit(PemFiles.key(key, own.getPublicKey()), own.getPublicKey())
                    ? Finding.ok("tls-key", "The key is the certificate's.")
                    : Finding.problem(
                            "tls-key-of-another",
                            key + " is the key of another certificate than " + certificate + ".",
                            NO_TLS,
                            "Set POSTRIDER_TLS_CERT and POSTRIDER_TLS_KEY to files of one pair.");
        } catch (PemFiles.Unreadable e) {
            return Finding.problem(
                    "tls-key-unreadable",
                    key + " " + e.reason() + ".",
                    NO_TLS,
                    "Give POSTRIDER_TLS_KEY the certificate's key, as a PEM file that this user may"
                            + " read.");
        }
    }

    /**
     * An issuer's that has ended makes the whole chain worthless, however long the own one lasts.
     */
    private static X509Certificate endsFirst(List<X509Certificate> chain) {
        return Collections.min(chain, Comparator.comparing(X509Certificate::getNotAfter));
    }

    /** RFC 5280 section 4.2.1.12: what names purposes is for no other. */
    private static Optional<Finding> purpose(X509Certificate own) {
        try {
            var purposes = own.getExtendedKeyUsage();
            return purposes == null || purposes.stream().anyMatch(FOR_SERVERS::contains)
                    ? Optional.empty()
                    : Optional.of(
                            Finding.problem(
                                    "tls-purpose",
                                    "The certificate isn't for servers.",
                                    "Clients refuse it.",
                                    "Get one for a server's authentication (serverAuth)."));
        } catch (CertificateParsingException e) {
            return Optional.of(
                    Finding.problem(
                            "tls-purpose",
                            "What the certificate is for can't be read (" + e.getMessage() + ").",
                            "Clients refuse it.",
                            "Get another."));
        }
    }

    /** Shorter ones have been refused by browsers and by OpenSSL's usual level for years. */
    private static Optional<Finding> strength(X509Certificate own) {
        return own.getPublicKey() instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() < LEAST_RSA_BITS
                ? Optional.of(
                        Finding.problem(
                                "tls-key-short",
                                "The key has " + rsa.getModulus().bitLength() + " bits (RSA).",
                                "Clients refuse it.",
                                "Make one of " + LEAST_RSA_BITS + " at least, or of ECDSA."))
                : Optional.empty();
    }

    private Finding lasts(X509Certificate own) {
        var now = clock.instant();
        var end = own.getNotAfter().toInstant();
        var why = "Clients refuse it.";
        var advice = "Renew it; the files are read again by themselves.";
        if (now.isBefore(own.getNotBefore().toInstant())) {
            return Finding.problem(
                    "tls-certificate-early",
                    "The certificate of "
                            + subject(own)
                            + " holds from "
                            + own.getNotBefore().toInstant()
                            + " on.",
                    why,
                    "See the machine's clock, or use the one before it until then.");
        }
        if (now.isAfter(end)) {
            return Finding.problem(
                    "tls-certificate-expired",
                    "The certificate of " + subject(own) + " ended on " + end + ".",
                    why,
                    advice);
        }
        return now.plus(SOON).isAfter(end)
                ? Finding.warning(
                        "tls-certificate-ends",
                        "The certificate of " + subject(own) + " ends on " + end + ".",
                        why.replace("refuse", "will refuse"),
                        advice)
                : Finding.ok("tls-certificate", "The certificate lasts until " + end + ".");
    }

    private static String subject(X509Certificate own) {
        var names = names(own);
        return names.isEmpty()
                ? own.getSubjectX500Principal().toString()
                : String.join(", ", names);
    }

    /** Each is followed by the one that signed it (RFC 8446 section 4.4.2). */
    private static Finding order(List<X509Certificate> chain) {
        for (var i = 0; i + 1 < chain.size(); i++) {
            if (!signed(chain.get(i), chain.get(i + 1))) {
                return Finding.problem(
                        "tls-chain-order",
                        "Certificate " + (i + 1) + " of the file isn't signed by the next one.",
                        "Some clients refuse such a chain.",
                        "Put the server's certificate first, then each one's issuer in turn.");
            }
        }
        var last = chain.getLast();
        if (chain.size() == 1 && !signed(last, last)) {
            return Finding.warning(
                    "tls-chain-short",
                    "The file has the server's certificate alone, without its issuer's ("
                            + last.getIssuerX500Principal()
                            + ").",
                    "Clients that don't know an intermediate issuer refuse it, though browsers may not.",
                    "Use the file with the full chain (Let's Encrypt's fullchain.pem).");
        }
        if (signed(last, last) && chain.size() == 1) {
            return Finding.warning(
                    "tls-self-signed",
                    "The certificate is signed by itself.",
                    "Clients refuse it unless they are told to trust it.",
                    "Use one of an authority that they trust.");
        }
        return Finding.ok("tls-chain", "Its chain of " + chain.size() + " is in order.");
    }

    private static boolean signed(X509Certificate one, X509Certificate by) {
        try {
            one.verify(by.getPublicKey());
            return one.getIssuerX500Principal().equals(by.getSubjectX500Principal());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static Finding name(X509Certificate own, String host) {
        var names = names(own);
        return names.stream().anyMatch(name -> isFor(name, host))
                ? Finding.ok("tls-name", "It is for " + host + ".")
                : Finding.problem(
                        "tls-name",
                        "It is for "
                                + (names.isEmpty()
                                        ? "no host's name (subjectAltName)"
                                        : String.join(", ", names))
                                + ", and POSTRIDER_PUBLIC_URL says "
                                + host
                                + ".",
                        "Clients that call that name refuse it.",
                        "Get a certificate for it, or correct POSTRIDER_PUBLIC_URL. (When a proxy"
                                + " before Postrider speaks TLS for that name, nothing is wrong.)");
    }

    private static List<String> names(X509Certificate own) {
        try {
            return Optional.ofNullable(own.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(each ->
                            each.getFirst() instanceof Integer kind
                                    && (kind == DNS_NAME || kind == ADDRESS))
                    .map(each -> Objects.toString(each.get(1)).toLowerCase(Locale.ROOT))
                    .toList();
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    /** RFC 6125 section 6.4.3: a star stands for the leftmost label, and for one. */
    private static boolean isFor(String name, String host) {
        var asked = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        return name.equals(asked)
                || (address(name).isPresent() && address(name).equals(address(asked)))
                || (name.startsWith("*.")
                        && asked.contains(".")
                        && asked.substring(asked.indexOf('.')).equals(name.substring(1)));
    }

    /** An address by its number: IPv6 has many forms of one. */
    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Finding mode() throws IOException {
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(key));
        return mode.endsWith("---")
                ? Finding.ok("tls-key-mode", "Nobody else may read the key.")
                : Finding.warning(
                        "tls-key-open",
                        "Others may read the key (" + mode + ").",
                        "Whoever has it can pretend to be this server.",
                        "chmod 640 " + key + " (or 600).");
    }
}
