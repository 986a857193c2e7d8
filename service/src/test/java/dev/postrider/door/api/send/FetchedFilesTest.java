package dev.postrider.door.api.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that an email names by their URLs. */
@QuarkusTest
class FetchedFilesTest {
    private static final String TO = "'to':'g@example.org','text':'t',";
    private static EmailApi emails;
    private static HttpServer web;

    @BeforeAll
    static void connect() throws IOException {
        emails = new EmailApi("fetched@example.org");
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext(
                "/report.txt",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (var body = exchange.getResponseBody()) {
                        body.write("fetched".getBytes(UTF_8));
                    }
                });
        redirect("/moved", "/report.txt");
        redirect("/away", "http://10.0.0.1/");
        redirect("/round", "/round");
        web.start();
    }

    private static void redirect(String path, String location) {
        web.createContext(
                path,
                exchange -> {
                    exchange.getResponseHeaders().add("Location", location);
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
    }

    @AfterAll
    static void disconnect() {
        web.stop(0);
        emails.close();
    }

    @ParameterizedTest
    @CsvSource({"/report.txt,report.txt", "/moved,moved"})
    void aFileIsFetched(String path, String filename) {
        var id = emails.kept(emails.email(TO + "'attachments':[{'path':'" + url(path) + "'}],"));

        var file = files(id).get(0);
        assertThat(file.path("filename").asText()).isEqualTo(filename);
        assertThat(download(file)).isEqualTo("fetched".getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "/missing,answers 404",
        "/away,POSTRIDER_OUTBOUND_ALLOW",
        "/round,redirects",
    })
    void aFileThatCanNotBeFetchedIsNamed(String path, String words) {
        var answer =
                emails.post(
                        emails.email(
                                TO
                                        + "'attachments':[{'content':''},{'path':'"
                                        + url(path)
                                        + "'}],"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("name").asText()).isEqualTo("invalid_attachment");
        assertThat(answer.json().path("errors").get(0).path("field").asText())
                .isEqualTo("attachments[1].path");
        assertThat(answer.json().path("detail").asText()).contains(words);
    }

    @Test
    void noFileIsFetchedFromThePrivateNetwork() {
        var answer =
                emails.post(
                        emails.email(
                                TO + "'attachments':[{'path':'http://169.254.169.254/latest'}],"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("POSTRIDER_OUTBOUND_ALLOW");
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    private static JsonNode files(String id) {
        return emails.api().get("/emails/" + id + "/attachments").json().path("data");
    }

    private static byte[] download(JsonNode file) {
        return emails.api().get(file.path("download_url").asText()).response().body();
    }
}
