package dev.postrider.flow.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.accept.SubmitEmails.Answer;
import dev.postrider.http.Problem;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
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

    private static Response take(TakeEmails take) throws Exception {
        return take.takeRaw(
                new ByteArrayInputStream(LARGE),
                String.valueOf(LARGE.length),
                null,
                (_, _) -> new Answer.Done("{}"));
    }
}
