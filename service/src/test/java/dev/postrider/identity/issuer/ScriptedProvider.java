package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

/** An OpenID provider that answers as a test wants it to. */
final class ScriptedProvider implements AutoCloseable {
    static final String CLIENT = "postrider-console";

    /** Made once: it takes a while. */
    private static final RSAKey KEY = key();

    /** Of somebody else, by the same name. */
    static final RSAKey STRANGER = key();

    private final HttpServer server;

    /** What each call of the token endpoint said, its {@code Authorization} header among it. */
    final List<Map<String, String>> tokenCalls = new CopyOnWriteArrayList<>();

    volatile String discoveryExtras = "";

    /** Whom it says to be. */
    volatile Optional<String> name = Optional.empty();

    volatile String nonce = "";
    volatile RSAKey signer = KEY;
    volatile Consumer<JWTClaimsSet.Builder> change = _ -> {};

    /** What makes a token of its claims. */
    volatile Function<JWTClaimsSet, String> sign = claims -> signed(claims, JWSAlgorithm.RS256);

    /** What its tokens come with. */
    volatile String tokenExtras = "";

    /** What it waits for before it gives tokens. */
    volatile CountDownLatch holdsBack = new CountDownLatch(0);

    volatile int tokenStatus = 200;
    volatile String tokenError = "{}";
    volatile String userInfo = "{\"sub\": \"bob\"}";

    ScriptedProvider() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(exchange, 200, discovery()));
        server.createContext(
                "/keys",
                exchange -> answer(exchange, 200, new JWKSet(KEY.toPublicJWK()).toString()));
        server.createContext("/token", this::tokens);
        server.createContext("/me", exchange -> answer(exchange, 200, userInfo));
        server.start();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("k").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String discovery() {
        return """
        {"issuer": "%3$s", "authorization_endpoint": "%1$s/authorize?tenant=1", "token_endpoint": "%1$s/token",
         "jwks_uri": "%1$s/keys", "userinfo_endpoint": "%1$s/me" %2$s}
        """
                .formatted(url(), discoveryExtras, name.orElse(url()));
    }

    static RSAKey publicKey() {
        return KEY.toPublicJWK();
    }

    private void tokens(HttpExchange exchange) throws IOException {
        var call = new LinkedHashMap<String, String>();
        for (var field :
                new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&", -1)) {
            var parts = field.split("=", 2);
            call.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        call.put(
                "Authorization",
                Objects.requireNonNullElse(
                        exchange.getRequestHeaders().getFirst("Authorization"), ""));
        tokenCalls.add(call);
        await(holdsBack);
        answer(
                exchange,
                tokenStatus,
                tokenStatus == 200
                        ? "{\"access_token\": \"opaque\", \"token_type\": \"Bearer\", \"id_token\": \"%s\" %s}"
                                .formatted(idToken(), tokenExtras)
                        : tokenError);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String idToken() {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(url())
                        .subject("bob")
                        .audience(CLIENT)
                        .issueTime(Date.from(Instant.now()))
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .claim("nonce", nonce)
                        .claim("email", "bob@example.org");
        change.accept(claims);
        return sign.apply(claims.build());
    }

    String signed(JWTClaimsSet claims, JWSAlgorithm algorithm) {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("k").build(), claims);
        try {
            token.sign(new RSASSASigner(signer));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            var octets = json.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
