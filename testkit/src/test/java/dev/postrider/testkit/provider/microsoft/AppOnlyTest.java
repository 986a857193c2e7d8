package dev.postrider.testkit.provider.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AppOnlyTest {
    private static final String ADA = "ada@example.com";
    private static final String HELLO = "To: bob@example.com\r\nSubject: Hello\r\n\r\nText\r\n";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private FakeMicrosoft microsoft;
    private MicrosoftClient client;
    private String pem;

    @BeforeAll
    void start() throws IOException {
        microsoft = FakeMicrosoft.start();
        client = MicrosoftClient.of(microsoft);
        pem = microsoft.addCertificate();
        microsoft.account(ADA);
        microsoft.account("bob@example.com");
    }

    @AfterAll
    void stop() {
        microsoft.close();
    }

    private Answer token(String... changes) throws IOException, InterruptedException {
        Map<String, String> fields = client.client();
        fields.put("grant_type", "client_credentials");
        fields.put("scope", "https://graph.microsoft.com/.default");
        fields.put("tenant", "example.com");
        return client.token(fields, changes);
    }

    private Answer sendAs(String address, String token) throws IOException, InterruptedException {
        byte[] body = Base64.getEncoder().encode(HELLO.getBytes(StandardCharsets.UTF_8));
        return client.http()
                .post("/v1.0/users/" + address + "/sendMail", token, "text/plain", body);
    }

    @Test
    void itSendsForTheMailboxesThatAnAdminAllows() throws Exception {
        var tenant = microsoft.tenant("example.com");
        tenant.removeRoles(microsoft.app());
        assertRefused(sendAs(ADA, token().text("access_token")), GraphError.ACCESS_DENIED);

        tenant.grantRoles(microsoft.app(), Set.of("Mail.Send"), Set.of(ADA));
        Answer answer = token();
        assertThat(answer.json().has("refresh_token")).isFalse();
        String token = answer.text("access_token");
        assertThat(sendAs(ADA, token).status()).isEqualTo(202);
        assertRefused(sendAs("bob@example.com", token), GraphError.ODATA_DISABLED);
        assertThat(sendAs("nobody@example.com", token).status()).isEqualTo(404);
        tenant.grantRoles(microsoft.app(), Set.of("Mail.Send"), Set.of());
        assertThat(sendAs("bob@example.com", token).status()).isEqualTo(202);
        assertThat(client.send(token, HELLO).status()).isEqualTo(404);
    }

    @Test
    void itNeedsATenantAndTheDefaultScope() throws Exception {
        assertIsError(token("tenant", "common"), EntraError.TENANT_NEEDED);
        assertIsError(token("tenant", "nobody.example"), EntraError.TENANT_NOT_FOUND);
        assertIsError(token("scope", "https://graph.microsoft.com/Mail.Send"), EntraError.SCOPE);
    }

    @Test
    void aCertificateProvesTheApp() throws Exception {
        assertThat(withAssertion(claims()).status()).isEqualTo(200);
        assertIsError(
                withAssertion(claims().put("aud", "https://elsewhere.test/token")),
                EntraError.ASSERTION_NOT_VALID);
        assertIsError(
                withAssertion(claims().put("exp", now() - 1)), EntraError.ASSERTION_NOT_VALID);
        assertIsError(
                withAssertion(claims().put("iss", "another")), EntraError.ASSERTION_NOT_VALID);
        String good = assertion(claims());
        assertIsError(
                withAssertion(good.substring(0, good.length() - 4) + "AAAA"), EntraError.ASSERTION);
        assertIsError(withAssertion("nonsense"), EntraError.ASSERTION_NOT_VALID);
    }

    private long now() {
        return microsoft.clock().instant().getEpochSecond();
    }

    private ObjectNode claims() {
        return Json.object()
                .put("iss", microsoft.app().clientId())
                .put("sub", microsoft.app().clientId())
                .put("aud", microsoft.base() + "/example.com/oauth2/v2.0/token")
                .put("jti", UUID.randomUUID().toString())
                .put("nbf", now())
                .put("exp", now() + 300);
    }

    private Answer withAssertion(ObjectNode claims) throws Exception {
        return withAssertion(assertion(claims));
    }

    private Answer withAssertion(String assertion) throws IOException, InterruptedException {
        var changes = new HashMap<String, String>();
        changes.put("client_secret", "");
        changes.put(
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        changes.put("client_assertion", assertion);
        return token(
                changes.entrySet().stream()
                        .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
                        .toArray(String[]::new));
    }

    private String assertion(ObjectNode claims) throws Exception {
        byte[] certificate =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(block("CERTIFICATE")))
                        .getEncoded();
        ObjectNode header =
                Json.object()
                        .put("alg", "PS256")
                        .put("typ", "JWT")
                        .put(
                                "x5t#S256",
                                BASE64.encodeToString(
                                        MessageDigest.getInstance("SHA-256").digest(certificate)));
        String signed =
                BASE64.encodeToString(Json.octets(header))
                        + "."
                        + BASE64.encodeToString(Json.octets(claims));
        PrivateKey key =
                KeyFactory.getInstance("RSA")
                        .generatePrivate(new PKCS8EncodedKeySpec(block("PRIVATE KEY")));
        var signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + BASE64.encodeToString(signature.sign());
    }

    private byte[] block(String kind) {
        String begin = "-----BEGIN " + kind + "-----";
        String text =
                pem.substring(pem.indexOf(begin) + begin.length(), pem.indexOf("-----END " + kind));
        return Base64.getMimeDecoder().decode(text);
    }

    private static void assertIsError(Answer answer, EntraError error) {
        assertThat(answer.json().path("error_codes").path(0).asInt()).isEqualTo(error.number());
        assertThat(answer.status()).isEqualTo(error.status());
    }

    private static void assertRefused(Answer answer, GraphError error) {
        assertThat(answer.message()).isEqualTo(text(error));
        assertThat(answer.status()).isEqualTo(error.status());
    }

    private static String text(GraphError error) {
        return Json.parse(error.response().body())
                .orElseThrow()
                .path("error")
                .path("message")
                .asText();
    }
}
