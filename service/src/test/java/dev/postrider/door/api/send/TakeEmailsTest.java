package dev.postrider.door.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.api.send.SubmitEmails.Answer;
import dev.postrider.http.Problem;
import dev.postrider.spool.MemoryBudget;
import dev.postrider.spool.Uploads;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeEmailsTest {
    private static final byte[] LARGE = new byte[1024 * 1024];

    @TempDir private Path folder;

    @Test
    void moreLargeRequestsAtOnceThanThereIsRoomForAreToldWhenToComeAgain() throws Exception {
        var uploads = Uploads.in(folder, LARGE.length, LARGE.length);
        var take = new TakeEmails(uploads.take());
        try (var _ = uploads.kept(LARGE)) {
            var answer = take(take);
            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("2");
            assertThat(((Problem) answer.getEntity()).detail()).contains("nothing was kept");
        }
        assertThat(take(take).getStatus()).isEqualTo(200);
        assertThat(take(take).getStatus()).isEqualTo(200);
    }

    @Test
    void moreTextAtOnceThanThereIsRoomForIsToldWhenToComeAgain() throws Exception {
        var uploads = Uploads.in(folder, 10L * LARGE.length, 10L * LARGE.length);
        var take = new TakeEmails(uploads.take(), new MemoryBudget(LARGE.length));
        var second = new AtomicReference<Response>();
        var first = takeText(take, () -> second.set(takeText(take, () -> {})));
        assertThat(first.getStatus()).isEqualTo(200);
        assertThat(second.get().getStatus()).isEqualTo(503);
        assertThat(second.get().getHeaderString("Retry-After")).isEqualTo("2");
        assertThat(takeText(take, () -> {}).getStatus()).isEqualTo(200);
    }

    private interface Meanwhile {
        void happens() throws IOException, InterruptedException;
    }

    private static Response takeText(TakeEmails take, Meanwhile meanwhile)
            throws IOException, InterruptedException {
        return take.takeText(
                new ByteArrayInputStream(LARGE),
                String.valueOf(LARGE.length),
                LARGE.length,
                _ -> {
                    meanwhile.happens();
                    return Response.ok().build();
                });
    }

    private static Response take(TakeEmails take) throws Exception {
        return take.takeRaw(
                new ByteArrayInputStream(LARGE),
                String.valueOf(LARGE.length),
                null,
                (_, _) -> new Answer.Done("{}"));
    }
}
