package dev.postrider.flow.accept;

import dev.postrider.flow.accept.RequestedAttachment.Place;
import dev.postrider.machine.KeyedPermits;
import dev.postrider.mime.compose.Attachment;
import dev.postrider.spool.Octets;
import dev.postrider.spool.OpenFiles;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Brings the octets of attachments together. Those at URLs are fetched one after another, each URL
 * once for a request, with one deadline for all of a request's and few requests at once: a caller's
 * silent URLs keep nobody else waiting. Safe for concurrent use.
 */
@Singleton
public final class FetchAttachments {
    /** Requests that fetch at the same time, and those of one workspace among them. */
    private static final int AT_ONCE = 64;

    private static final int OF_A_WORKSPACE = 8;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final FetchUrl fetch;
    private final Duration timeout;
    private final Semaphore all = new Semaphore(AT_ONCE);

    private final KeyedPermits<UUID> ofWorkspaces = new KeyedPermits<>();

    @Inject
    FetchAttachments(FetchUrl fetch) {
        this(fetch, TIMEOUT);
    }

    /**
     * @param timeout for all that one request has fetched
     */
    FetchAttachments(FetchUrl fetch, Duration timeout) {
        this.fetch = fetch;
        this.timeout = timeout;
    }

    /** What became of them. */
    sealed interface Fetched {
        record Files(List<Attachment> attachments) implements Fetched {}

        record Failed(Rejection why) implements Fetched {}
    }

    /**
     * Begins a request.
     *
     * @param files gets what is fetched
     */
    ForRequest begin(UUID workspace, OpenFiles files) {
        return new ForRequest(workspace, files);
    }

    /** What one request has fetched; for one thread. */
    final class ForRequest implements AutoCloseable {
        private final UUID workspace;
        private final OpenFiles files;
        private final Map<URI, Octets> fetched = new HashMap<>();
        private long end;
        private boolean isFetching;

        private ForRequest(UUID workspace, OpenFiles files) {
            this.workspace = workspace;
            this.files = files;
        }

        Fetched all(List<RequestedAttachment> requested) throws InterruptedException {
            var attachments = new ArrayList<Attachment>(requested.size());
            for (var each : requested) {
                switch (each.place()) {
                    case Place.Here(var content) -> attachments.add(each.with(content));
                    case Place.There(var url) -> {
                        var field = "attachments[" + attachments.size() + "].path";
                        switch (get(url, field)) {
                            case Got.File(var content) -> attachments.add(each.with(content));
                            case Got.Nothing(var why) -> {
                                return new Fetched.Failed(why);
                            }
                        }
                    }
                }
            }
            return new Fetched.Files(attachments);
        }

        private Got get(URI url, String field) throws InterruptedException {
            var known = fetched.get(url);
            if (known != null) {
                return new Got.File(known);
            }
            if (fetched.size() == EmailLimits.URLS) {
                return nothing(new FieldViolation.TooMany(field, EmailLimits.URLS));
            }
            if (!isFetching && !enter()) {
                return new Got.Nothing(new Rejection.Busy(Rejection.Busy.Scarce.SPOOL));
            }
            var left = end - System.nanoTime();
            if (left <= 0) {
                return nothing(
                        new FieldViolation.NotFetched(
                                field,
                                "was not reached: the request's URLs took "
                                        + timeout.toSeconds()
                                        + " seconds"));
            }
            return switch (fetch.get(workspace, url, octetsLeft(), Duration.ofNanos(left))) {
                case FetchUrl.Fetched.File(var content) -> {
                    files.add(content);
                    fetched.put(url, content);
                    yield new Got.File(content);
                }
                case FetchUrl.Fetched.Busy _ ->
                        new Got.Nothing(new Rejection.Busy(Rejection.Busy.Scarce.SPOOL));
                case FetchUrl.Fetched.Failed(var reason) ->
                        nothing(new FieldViolation.NotFetched(field, reason));
            };
        }

        private int octetsLeft() {
            return (int)
                    Math.max(
                            0,
                            EmailLimits.MESSAGE
                                    - fetched.values().stream().mapToLong(Octets::size).sum());
        }

        private static Got nothing(FieldViolation flaw) {
            return new Got.Nothing(new Rejection.Flawed(List.of(flaw)));
        }

        private boolean enter() throws InterruptedException {
            if (!ofWorkspaces.tryAcquire(workspace, OF_A_WORKSPACE, Duration.ZERO)) {
                return false;
            }
            end = System.nanoTime() + timeout.toNanos();
            try {
                isFetching = all.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
                return isFetching;
            } finally {
                if (!isFetching) {
                    ofWorkspaces.release(workspace);
                }
            }
        }

        /** Lets others fetch; what was fetched stays. */
        @Override
        public void close() {
            if (isFetching) {
                isFetching = false;
                all.release();
                ofWorkspaces.release(workspace);
            }
        }
    }

    private sealed interface Got {
        record File(Octets content) implements Got {}

        record Nothing(Rejection why) implements Got {}
    }
}
