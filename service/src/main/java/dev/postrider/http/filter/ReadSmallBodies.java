package dev.postrider.http.filter;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads small bodies before their operations begin: most come in the same packet as their head, and
 * an operation's thread would have to ask the event loop for them, and to be woken for them. One
 * that is late or breaks off is left to {@link RefuseSlowBodies}, which answers it.
 */
@Singleton
final class ReadSmallBodies {
    /** Octets. */
    static final int SMALL = 16 * 1024;

    /** Octets: who sends many heads and no bodies holds no more. */
    private static final long ALL = 8L << 20;

    private static final int AFTER_OTHERS = 500;
    private static final String FAULT = ReadSmallBodies.class.getName();

    private final AtomicLong announced = new AtomicLong();
    private final Duration maxTime;
    private final long room;

    ReadSmallBodies() {
        this(SlowBodyGuard.MAX_STALL, ALL);
    }

    /**
     * @param maxTime from the head to the body's end
     * @param room octets that all that are being read may have together
     */
    ReadSmallBodies(Duration maxTime, long room) {
        this.maxTime = maxTime;
        this.room = room;
    }

    void register(@Observes Filters filters) {
        filters.register(this::read, AFTER_OTHERS);
    }

    /** Whether a body was read here. */
    static boolean isRead(RoutingContext request) {
        return request.body().buffer() != null;
    }

    /** Why it couldn't be. */
    static Optional<IOException> fault(RoutingContext request) {
        return Optional.ofNullable(request.get(FAULT));
    }

    void read(RoutingContext request) {
        var length = announced(request.request());
        if (length == 0 || length > SMALL) {
            request.next();
        } else if (announced.addAndGet(length) > room) {
            announced.addAndGet(-length);
            request.next();
        } else {
            new Reading((RoutingContextInternal) request, length).begin();
        }
    }

    /** Zero for what isn't read here; who waits for a word (RFC 9110, 10.1.1) is given it later. */
    private static int announced(HttpServerRequest request) {
        var headers = request.headers();
        var length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return length != null
                        && length.length() <= 5
                        && length.chars().allMatch(each -> each >= '0' && each <= '9')
                        && isJson(headers.get(HttpHeaders.CONTENT_TYPE))
                        && !headers.contains(HttpHeaders.EXPECT)
                ? Integer.parseInt(length)
                : 0;
    }

    /** Forms are read by the framework, which asks for their octets itself. */
    private static boolean isJson(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    /** One body. Its event loop's thread calls all of it. */
    private final class Reading {
        private final RoutingContextInternal request;
        private final int length;
        private final Buffer octets;
        private final long alarm;
        private boolean isOver;

        Reading(RoutingContextInternal request, int length) {
            this.request = request;
            this.length = length;
            this.octets = Buffer.buffer(length);
            this.alarm =
                    request.vertx()
                            .setTimer(maxTime.toMillis(), _ -> failed(new SlowBodyGuard.TooSlow()));
        }

        void begin() {
            request.request()
                    .exceptionHandler(
                            why -> failed(new SlowBodyGuard.BrokenOff(new IOException(why))))
                    .endHandler(_ -> complete())
                    .handler(octets::appendBuffer);
        }

        private void complete() {
            if (end()) {
                request.setBody(octets);
                request.next();
            }
        }

        private void failed(IOException why) {
            if (end()) {
                request.put(FAULT, why);
                request.next();
            }
        }

        private boolean end() {
            if (isOver) {
                return false;
            }
            isOver = true;
            announced.addAndGet(-length);
            request.vertx().cancelTimer(alarm);
            return true;
        }
    }
}
