package dev.postrider.testkit.provider.google.gmail;

import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.Response;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Function;

/** A resumable upload. Its own lock guards it. */
final class UploadSession {
    /** A chunk that isn't the last is a multiple of this. */
    private static final int UNIT = 256 * 1024;

    private final GoogleUser user;
    private final Optional<String> threadId;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private Optional<Response> answer = Optional.empty();

    UploadSession(GoogleUser user, Optional<String> threadId) {
        this.user = user;
        this.threadId = threadId;
    }

    GoogleUser user() {
        return user;
    }

    synchronized Optional<Response> answer() {
        return answer;
    }

    /** What is missing yet: 308 with the range that has come. */
    synchronized Response progress() {
        Response progress = Response.empty(308);
        return received.size() == 0
                ? progress
                : progress.with("Range", "bytes=0-" + (received.size() - 1));
    }

    /**
     * @param total empty while the client doesn't know it
     * @param send what is done with the whole, once
     */
    synchronized Optional<Response> append(
            int from, byte[] octets, Optional<Integer> total, Function<Submission, Response> send) {
        boolean last = total.isPresent() && from + octets.length == total.get();
        if (from != received.size() || (!last && octets.length % UNIT != 0)) {
            return Optional.empty();
        }
        received.writeBytes(octets);
        if (!last) {
            return Optional.of(progress());
        }
        answer = Optional.of(send.apply(new Submission(received.toByteArray(), threadId)));
        return answer;
    }
}
