package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.resend.Resend;
import com.resend.core.exception.ResendException;
import com.resend.core.net.impl.HttpClient;
import com.resend.core.service.BaseService;
import com.resend.services.emails.model.Attachment;
import com.resend.services.emails.model.CreateEmailOptions;
import com.resend.services.emails.model.Tag;
import com.resend.services.emails.model.UpdateEmailOptions;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK for Java, as it is on Maven Central, pointed here in the way that docs/api.md shows. */
@QuarkusTest
class JavaSdkTest {
    private static final String FROM = "java@example.org";

    private EmailApi emails;
    private Resend resend;

    @BeforeEach
    void connect() {
        emails = new EmailApi(FROM);
        var key = emails.api().post("/api-keys", json("{'name':'java','compatible':true}"));
        resend = new Resend(key.json().path("token").asText());
    }

    @AfterEach
    void disconnect() {
        emails.close();
    }

    static <S extends BaseService> S at(String url, S service) throws ReflectiveOperationException {
        var server = HttpUrl.get(url);
        var client =
                new OkHttpClient.Builder()
                        .addInterceptor(chain -> {
                            var asked = chain.request();
                            var there =
                                    asked.url()
                                            .newBuilder()
                                            .scheme(server.scheme())
                                            .host(server.host())
                                            .port(server.port())
                                            .build();
                            return chain.proceed(asked.newBuilder().url(there).build());
                        })
                        .build();
        var field = HttpClient.class.getDeclaredField("httpClient");
        field.setAccessible(true);
        field.set(service.getHttpClient(), client);
        return service;
    }

    @Test
    void anEmailIsSentLookedAtMovedAndCanceled() throws Exception {
        var service = at(url(), resend.emails());
        var id =
                service.send(
                                CreateEmailOptions.builder()
                                        .from("\"Ada, Countess\" <" + FROM + ">")
                                        .to("Grace <grace@example.net>", "b@example.net")
                                        .cc("c@example.net")
                                        .replyTo("r@example.org")
                                        .subject("Grüße")
                                        .html("<p>h</p>")
                                        .headers(Map.of("X-One", "1"))
                                        .tags(Tag.builder().name("kind").value("java").build())
                                        .attachments(
                                                Attachment.builder()
                                                        .fileName("a.bin")
                                                        .content(
                                                                Base64.getEncoder()
                                                                        .encodeToString(
                                                                                new byte[] {1, -1}))
                                                        .build())
                                        .scheduledAt("in 1 hour")
                                        .build())
                        .getId();

        var shown = service.get(id);
        assertThat(shown.getTo()).containsExactly("Grace <grace@example.net>", "b@example.net");
        assertThat(shown.getLastEvent()).isEqualTo("scheduled");
        assertThat(service.list().getData()).anyMatch(one -> one.getId().equals(id));
        var later = UpdateEmailOptions.builder().scheduledAt("in 2 hours").build();
        assertThat(service.update(id, later).getId()).isEqualTo(id);
        assertThat(service.cancel(id).getId()).isEqualTo(id);
        assertThat(service.get(id).getLastEvent()).isEqualTo("canceled");
    }

    @Test
    void domainsAreListed() throws Exception {
        var service = at(url(), resend.domains());
        var domain =
                service.list().getData().stream()
                        .filter(one -> one.getName().equals("example.org"))
                        .findFirst()
                        .orElseThrow();
        assertThat(domain.getStatus()).isEqualTo("verified");
        assertThat(service.get(domain.getId()).getName()).isEqualTo("example.org");
    }

    @Test
    void errorsAreTyped() throws Exception {
        var service = at(url(), resend.emails());
        var stranger =
                CreateEmailOptions.builder().from("x@y.example").to("a@b.example").subject("s");
        var thrown =
                catchThrowableOfType(
                        ResendException.class, () -> service.send(stranger.text("t").build()));
        assertThat(thrown.getStatusCode()).isEqualTo(403);
        assertThat(thrown.getErrorName()).isEqualTo("invalid_from_address");
    }

    /** What is documented is what runs here. */
    @Test
    void theDocumentedWayIsThisOne() throws IOException {
        var source = words(Path.of("src/test/java/dev/postrider/door/api/send/JavaSdkTest.java"));
        var begin = source.indexOf("static <S extends BaseService>");
        var method = source.substring(begin, source.indexOf("@Test void anEmail"));
        assertThat(words(Path.of("../docs/api.md"))).contains(method.strip());
    }

    private static String words(Path file) throws IOException {
        return Files.readString(file).replaceAll("\\s+", " ").replace("( ", "(").replace(" .", ".");
    }

    private static String url() {
        return ConfigProvider.getConfig().getValue("test.url", String.class);
    }
}
