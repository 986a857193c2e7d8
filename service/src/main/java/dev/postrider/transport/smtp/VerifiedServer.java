package dev.postrider.transport.smtp;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.smtp.server.Session;
import dev.postrider.smtp.server.TlsDetails;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The server, as far as it was reached.
 *
 * @param sizeLimit the largest message that it takes, in octets; null when it names none
 * @param loginMechanism null without a login
 */
@Schema(name = "VerifiedServer")
public record VerifiedServer(
        @Schema(examples = "smtp.example.com") String host,
        @Schema(examples = "587") int port,
        @Schema(examples = "192.0.2.25") String address,
        @Schema(nullable = true) @Nullable Tls tls,
        @Schema(nullable = true, examples = "PLAIN") @JsonProperty("login_mechanism")
                @Nullable String loginMechanism,
        @Schema(nullable = true, description = "In octets; null when it names none.")
                @JsonProperty("size_limit")
                @Nullable Long sizeLimit,
        List<String> extensions) {
    public static VerifiedServer of(Session session) {
        var capabilities = session.capabilities();
        var limit = capabilities.maxSize();
        return new VerifiedServer(
                session.server().host(),
                session.server().port(),
                session.address().getHostAddress(),
                Tls.of(session.tls()),
                session.mechanism(),
                limit == Long.MAX_VALUE ? null : limit,
                capabilities.extensions().entrySet().stream()
                        .map(each ->
                                (each.getKey() + " " + String.join(" ", each.getValue())).strip())
                        .toList());
    }

    /** The encryption, and the certificate that the server showed. */
    @Schema(name = "VerifiedTls")
    public record Tls(
            @Schema(examples = "TLSv1.3") String version,
            @Schema(examples = "TLS_AES_256_GCM_SHA384") String cipher,
            String subject,
            String issuer,
            @JsonProperty("not_before") Instant notBefore,
            @JsonProperty("not_after") Instant notAfter,
            List<String> names) {
        public static @Nullable Tls of(@Nullable TlsDetails details) {
            return details == null
                    ? null
                    : new Tls(
                            details.version(),
                            details.cipher(),
                            details.subject(),
                            details.issuer(),
                            details.notBefore(),
                            details.notAfter(),
                            details.names());
        }
    }
}
