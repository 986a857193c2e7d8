package dev.postrider.flow.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.postrider.flow.accept.FetchAttachments.Fetched;
import dev.postrider.flow.accept.RequestedAttachment.Place;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.rig.Loopback;
import dev.postrider.spool.OpenFiles;
import dev.postrider.spool.Uploads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchAttachmentsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir private Path folder;
    private HttpServer web;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void serve() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext(
                "/file",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.sendResponseHeaders(200, 4);
                    exchange.getResponseBody().write("file".getBytes(UTF_8));
                    exchange.close();
                });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    /** Each waited twenty seconds of its own: 75 of them twenty-five minutes. */
    @Test
    void allSilentUrlsOfARequestHaveOneDeadline() throws Exception {
        try (var silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                var files = new OpenFiles();
                var request = fetch(SHORT).begin(Uploads.WORKSPACE, files)) {
            var begun = System.nanoTime();
            for (var i = 0; i < 75; i++) {
                var url = "http://127.0.0.1:" + silent.getLocalPort() + "/" + i;
                assertThat(flaw(request.all(List.of(at(url)))))
                        .isInstanceOf(FieldViolation.NotFetched.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(SHORT, SHORT.plusSeconds(15));
        }
    }

    @Test
    void oneUrlIsFetchedOnceForARequest() throws Exception {
        try (var files = new OpenFiles();
                var request = fetch(LONG).begin(Uploads.WORKSPACE, files)) {
            var all = IntStream.range(0, 75).mapToObj(_ -> at(url("/file"))).toList();
            assertThat(request.all(all)).isInstanceOf(Fetched.Files.class);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRequestHasSoManyUrls() throws Exception {
        try (var files = new OpenFiles();
                var request = fetch(LONG).begin(Uploads.WORKSPACE, files)) {
            var all =
                    IntStream.range(0, EmailLimits.URLS + 1)
                            .mapToObj(i -> at(url("/file?" + i)))
                            .toList();
            assertThat(flaw(request.all(all)))
                    .isEqualTo(
                            new FieldViolation.TooMany("attachments[25].path", EmailLimits.URLS));
        }
    }

    @Test
    void aWorkspaceFetchesForFewRequestsAtOnce() throws Exception {
        var fetch = fetch(LONG);
        var open = IntStream.range(0, 8).mapToObj(_ -> begun(fetch)).toList();
        try (var files = new OpenFiles();
                var ninth = fetch.begin(Uploads.WORKSPACE, files);
                var others = fetch.begin(new UUID(7, 7), files)) {
            assertThat(ninth.all(List.of(at(url("/file")))))
                    .isEqualTo(new Fetched.Failed(new Rejection.Busy(Rejection.Busy.Scarce.SPOOL)));
            assertThat(others.all(List.of(at(url("/file"))))).isInstanceOf(Fetched.Files.class);
            open.forEach(FetchAttachments.ForRequest::close);
            assertThat(ninth.all(List.of(at(url("/file"))))).isInstanceOf(Fetched.Files.class);
        }
    }

    private FetchAttachments.ForRequest begun(FetchAttachments fetch) {
        try {
            var request = fetch.begin(Uploads.WORKSPACE, new OpenFiles());
            assertThat(request.all(List.of(at(url("/file"))))).isInstanceOf(Fetched.Files.class);
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatComesAsGzipIsUnpacked() throws Exception {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write("hello".getBytes(UTF_8));
        }
        answer("/zipped", "gzip", zipped.toByteArray());
        try (var files = new OpenFiles();
                var request = fetch(LONG).begin(Uploads.WORKSPACE, files)) {
            var fetched = (Fetched.Files) request.all(List.of(at(url("/zipped"))));
            var content = fetched.attachments().getFirst().content();
            assertThat(content.open().readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
        }
    }

    @Test
    void whatUnpacksToMoreThanAMessageIsTooLarge() throws Exception {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            for (var i = 0; i < 50; i++) {
                zip.write(new byte[1024 * 1024]);
            }
        }
        answer("/bomb", "gzip", zipped.toByteArray());
        try (var files = new OpenFiles();
                var request = fetch(LONG).begin(Uploads.WORKSPACE, files)) {
            assertThat(flaw(request.all(List.of(at(url("/bomb")))))).asString().contains("larger");
        }
    }

    @Test
    void anEncodingThatNobodyAskedForIsRefused() throws Exception {
        answer("/br", "br", new byte[] {1, 2, 3});
        try (var files = new OpenFiles();
                var request = fetch(LONG).begin(Uploads.WORKSPACE, files)) {
            assertThat(flaw(request.all(List.of(at(url("/br"))))))
                    .isInstanceOf(FieldViolation.NotFetched.class);
        }
    }

    private void answer(String path, String encoding, byte[] octets) {
        web.createContext(
                path,
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Encoding", encoding);
                    exchange.sendResponseHeaders(200, octets.length);
                    exchange.getResponseBody().write(octets);
                    exchange.close();
                });
    }

    private static FieldViolation flaw(Fetched fetched) {
        var why = ((Fetched.Failed) fetched).why();
        return ((Rejection.Flawed) why).flaws().getFirst();
    }

    private static RequestedAttachment at(String url) {
        return new RequestedAttachment("a", "", Optional.empty(), new Place.There(URI.create(url)));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    private FetchAttachments fetch(Duration timeout) {
        var client = new OutboundClient(Loopback.guard());
        var spool = Uploads.in(folder, 100 << 20, 200 << 20).take();
        return new FetchAttachments(new FetchUrl(client, spool), timeout);
    }
}
