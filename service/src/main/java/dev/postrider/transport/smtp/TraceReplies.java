package dev.postrider.transport.smtp;

import dev.postrider.email.DueEmail;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.send.OnReply;
import dev.postrider.smtp.server.Session;
import dev.postrider.trace.EmailSpan;
import dev.postrider.trace.EmailTrace;
import dev.postrider.trace.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds the commands of a batch to the traces of its emails. Each lasts from the reply before it, or
 * the batch's begin, until its own reply; those of one kind that follow one another, as RCPT for
 * many recipients, are one. For one thread.
 */
final class TraceReplies implements OnReply {
    private final List<Commands> emails;

    private TraceReplies(List<Commands> emails) {
        this.emails = emails;
    }

    /** Empty when none of them is traced. */
    static Optional<TraceReplies> of(
            List<DueEmail> emails, long epoch, Instant begunAt, Session session) {
        if (!EmailTrace.isOn()) {
            return Optional.empty();
        }
        var now = Instant.now();
        var all = new ArrayList<Commands>(emails.size());
        for (var email : emails) {
            var span = EmailTrace.of(email.key().id()).map(trace -> trace.attempt(epoch, begunAt));
            all.add(new Commands(span, session.server().host(), now));
        }
        return all.stream().anyMatch(each -> each.span.isPresent())
                ? Optional.of(new TraceReplies(all))
                : Optional.empty();
    }

    @Override
    public void replied(int index, Stage stage, Reply reply) {
        emails.get(index).replied(stage, reply);
    }

    /** No more replies come. */
    void end() {
        emails.forEach(Commands::recordLast);
    }

    /** Those of one email. */
    private static final class Commands {
        private final Optional<EmailSpan> span;
        private final String server;
        private Instant from;
        private Instant to;
        private @Nullable Stage stage;
        private int commands;
        private @Nullable Reply worst;

        Commands(Optional<EmailSpan> span, String server, Instant begun) {
            this.span = span;
            this.server = server;
            this.from = begun;
            this.to = begun;
        }

        void replied(Stage next, Reply reply) {
            if (span.isEmpty()) {
                return;
            }
            if (next != stage) {
                recordLast();
                stage = next;
                from = to;
                commands = 0;
                worst = null;
            }
            to = Instant.now();
            commands++;
            if (worst == null || reply.code() > worst.code()) {
                worst = reply;
            }
        }

        void recordLast() {
            var last = stage;
            var reply = worst;
            if (last == null || reply == null) {
                return;
            }
            stage = null;
            var enhanced = Optional.ofNullable(reply.enhanced()).map(Object::toString);
            var step =
                    Step.of("SMTP " + name(last), from, to)
                            .with("server.address", server)
                            .with("postrider.commands", commands)
                            .with("postrider.reply.code", reply.code())
                            .with("postrider.reply.enhanced_code", enhanced);
            if (reply.code() >= 400) {
                step.failed(Integer.toString(reply.code()));
            }
            span.ifPresent(each -> each.call(step));
        }

        private static String name(Stage stage) {
            return switch (stage) {
                case CONTENT -> "BDAT";
                case END_OF_DATA -> "end of data";
                case RESOLVE,
                        CONNECT,
                        GREETING,
                        EHLO,
                        STARTTLS,
                        TLS,
                        LOGIN,
                        MAIL,
                        RCPT,
                        DATA,
                        RSET,
                        NOOP,
                        QUIT ->
                        stage.name();
            };
        }
    }
}
