package dev.postrider.door.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Problem;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Credit;
import dev.postrider.identity.Role;
import dev.postrider.identity.http.SendersTokens.Asked;
import dev.postrider.postgres.NewId;
import dev.postrider.spool.MemoryBudget;
import dev.postrider.spool.Uploads;
import dev.postrider.trace.RequestTrace;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestBodiesTest {
    private static final byte[] LARGE = new byte[1024 * 1024];

    @TempDir private Path folder;

    @Test
    void moreLargeRequestsAtOnceThanThereIsRoomForAreToldWhenToComeAgain() throws Exception {
        var uploads = Uploads.in(folder, LARGE.length, 2L * LARGE.length);
        var take =
                new RequestBodies(
                        uploads.take(),
                        RequestBodiesTest::unasked,
                        new MemoryBudget(10L * LARGE.length));
        try (var _ = uploads.kept(LARGE)) {
            requireBusy(octets(take));
        }
        assertThat(octets(take).getStatus()).isEqualTo(200);
        assertThat(octets(take).getStatus()).isEqualTo(200);
    }

    @Test
    void moreTextAtOnceThanThereIsRoomForIsToldWhenToComeAgain() throws Exception {
        var uploads = Uploads.in(folder, 10L * LARGE.length, 10L * LARGE.length);
        var take =
                new RequestBodies(
                        uploads.take(), RequestBodiesTest::unasked, new MemoryBudget(LARGE.length));
        var second = new AtomicReference<Response>();
        var first = text(take, () -> second.set(text(take, () -> {})));
        assertThat(first.getStatus()).isEqualTo(200);
        requireBusy(second.get());
        assertThat(text(take, () -> {}).getStatus()).isEqualTo(200);
    }

    private static Asked unasked(Credit credit) {
        throw new AssertionError("nobody is there on credit: " + credit.isAsked());
    }

    private static void requireBusy(Response answer) {
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("2");
        assertThat(((Problem) answer.getEntity()).detail()).contains("nothing was kept");
    }

    private interface Meanwhile {
        void happens() throws IOException, InterruptedException;
    }

    private static Response text(RequestBodies take, Meanwhile meanwhile)
            throws IOException, InterruptedException {
        var json = "{\"ignored\":\"" + "x".repeat(LARGE.length) + "\"}";
        return take.json(
                request(json.getBytes(StandardCharsets.UTF_8)),
                RequestBodies.MAX_BODY,
                (_, _) -> {
                    meanwhile.happens();
                    return Response.ok().build();
                });
    }

    private static Response octets(RequestBodies take) throws Exception {
        return take.octets(request(LARGE), LARGE.length, (_, _) -> Response.ok().build());
    }

    private static RequestBodies.Request request(byte[] body) {
        return new RequestBodies.Request(
                new Caller(Uploads.WORKSPACE, NewId.get(), "ann@example.org", Role.MEMBER),
                new ByteArrayInputStream(body),
                String.valueOf(body.length),
                null,
                "/emails",
                RequestTrace.NONE);
    }
}
