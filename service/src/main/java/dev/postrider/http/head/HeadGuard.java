package dev.postrider.http.head;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose next head doesn't come to its end in time (slow loris), and answers heads
 * that can't be read in the one error form. A connection that waits between requests, and a body,
 * may take longer. One for each connection; its event loop's thread calls all of it.
 */
final class HeadGuard extends ChannelDuplexHandler {
    static final Duration MAX_TIME = Duration.ofSeconds(30);

    /** How long a sender has to read a refusal before its connection closes. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** Octets that no operation reads; quarkus.http.limits.max-body-size is the same. */
    private static final long MAX_BODY = 1L << 30;

    private static final Problem BROKEN_BODY =
            Problem.of(ProblemCode.MALFORMED_REQUEST, "The body's chunks can't be read.");

    private @Nullable Future<?> alarm;

    /** Whether a body is still coming. */
    private boolean isInBody;

    /** Whether the octets that just came made a message. */
    private boolean madeMessage;

    /** Whether anything came at all. */
    private boolean hasOctets;

    /** Requests that have no answer yet: the next answer is theirs. */
    private int unanswered;

    /** What a head that can't be read is answered, once those before it are. */
    private @Nullable Problem refusal;

    private boolean isEnding;

    @Override
    public void channelActive(ChannelHandlerContext context) {
        expectHead(context);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopAlarm();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        madeMessage = true;
        if (message instanceof HttpRequest request && !isEnding) {
            stopAlarm();
            isInBody = true;
            fault(request).ifPresentOrElse(problem -> refuse(context, problem), () -> unanswered++);
        }
        if (unanswered == 1 && isBrokenBody(message)) {
            // whoever reads it hears that the connection ends
            unanswered = 0;
            refuse(context, BROKEN_BODY);
        }
        if (isEnding) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof LastHttpContent) {
            isInBody = false;
        }
        context.fireChannelRead(message);
    }

    /** RFC 9112, 7.1: chunks that can't be read. */
    private static boolean isBrokenBody(Object message) {
        return message instanceof HttpContent content
                && !(message instanceof HttpRequest)
                && content.decoderResult().isFailure();
    }

    /** Octets came, and no message with them: a head has begun. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        hasOctets = true;
        if (!madeMessage && !isInBody && !isEnding && alarm == null) {
            expectHead(context);
        }
        madeMessage = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (isEnding && refusal == null) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        var isInterim = message instanceof HttpResponse answer && answer.status().code() < 200;
        var _ = context.write(message, promise);
        if (message instanceof LastHttpContent && !isInterim) {
            unanswered = Math.max(0, unanswered - 1);
            if (unanswered == 0 && refusal != null) {
                end(context, refusal);
            }
        }
    }

    private void expectHead(ChannelHandlerContext context) {
        alarm =
                context.executor()
                        .schedule(
                                () -> tooSlow(context), MAX_TIME.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }

    private void tooSlow(ChannelHandlerContext context) {
        if (unanswered > 0) {
            expectHead(context);
        } else if (hasOctets) {
            end(
                    context,
                    Problem.of(
                            ProblemCode.HEAD_TOO_SLOW,
                            "The request's head took longer than "
                                    + MAX_TIME.toSeconds()
                                    + " seconds."));
        } else {
            var _ = context.close();
        }
    }

    /** RFC 9112, 2.6 and 3.2; RFC 9110, 15.5.15; RFC 6585, 5. */
    private static Optional<Problem> fault(HttpRequest request) {
        if (request.decoderResult().isFailure() || !isUri(request.uri())) {
            return Optional.of(
                    switch (request.decoderResult().cause()) {
                        case TooLongHttpLineException _ ->
                                Problem.of(
                                        ProblemCode.URI_TOO_LONG,
                                        "The path and its query are too long.");
                        case TooLongFrameException _ ->
                                Problem.of(
                                        ProblemCode.HEADERS_TOO_LARGE,
                                        "The headers are too large.");
                        case null, default ->
                                Problem.of(
                                        ProblemCode.MALFORMED_REQUEST,
                                        "The request's path or headers can't be read.");
                    });
        }
        var version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.MALFORMED_REQUEST,
                            "This server speaks HTTP/1.1, not " + version + "."));
        }
        if (HttpUtil.getContentLength(request, 0L) > MAX_BODY) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.BODY_TOO_LARGE,
                            "The body is larger than any that is read here."));
        }
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_0)) {
            request.headers().set(HttpHeaderNames.HOST, "localhost");
        }
        return hosts.size() > 1
                ? Optional.of(
                        Problem.of(
                                ProblemCode.MALFORMED_REQUEST,
                                "The request has more than one Host header."))
                : Optional.empty();
    }

    /** Whether the server will take it for one. */
    private static boolean isUri(String text) {
        try {
            return !new URI(text).toString().isEmpty();
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /** Behind requests that have no answer yet it waits for its turn; no more is read. */
    private void refuse(ChannelHandlerContext context, Problem problem) {
        isEnding = true;
        if (unanswered == 0) {
            end(context, problem);
        } else {
            refusal = problem;
        }
    }

    private void end(ChannelHandlerContext context, Problem problem) {
        isEnding = true;
        refusal = null;
        var body = Unpooled.copiedBuffer(problem.json(), UTF_8);
        var answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(problem.status()), body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        var _ = context.writeAndFlush(answer);
        var _ =
                context.executor()
                        .schedule(
                                () -> {
                                    var _ = context.close();
                                },
                                LAST_WORDS.toMillis(),
                                TimeUnit.MILLISECONDS);
    }
}
