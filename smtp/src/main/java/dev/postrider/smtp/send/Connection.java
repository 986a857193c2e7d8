package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.ServerClosing;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Session;
import dev.postrider.smtp.wire.LostConnection;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * An open, logged-in connection. For one thread at a time. An interrupt of that thread while it
 * sends cuts the connection; the messages' results then tell which of them are safe to send again.
 */
public final class Connection implements AutoCloseable {
    /** After so long without an answer the server may have closed without being noticed. */
    private static final long REST = Duration.ofSeconds(1).toNanos();

    private final Wire wire;
    private final Session session;
    private final Consumer<String> closed;
    private final LongSupplier clock;
    private final Quirks quirks;
    private final Wear wear = new Wear();
    private long lastAnswer;
    private boolean resetNeeded;
    private boolean usable = true;

    /**
     * Ready to send.
     *
     * @param closed told once why it ended, in a few words
     * @param clock in nanoseconds, from any origin
     */
    public Connection(
            Wire wire,
            Session session,
            Consumer<String> closed,
            Quirks quirks,
            LongSupplier clock) {
        this.wire = wire;
        this.session = session;
        this.closed = closed;
        this.quirks = quirks;
        this.clock = clock;
        this.lastAnswer = clock.getAsLong();
    }

    public Session session() {
        return session;
    }

    /** Whether more can be sent: false once the connection was lost, cut, closed or worn. */
    public boolean isUsable() {
        return usable && wear.reason() == null;
    }

    public Result send(Message message) {
        return send(List.of(message), SendOptions.STANDARD).getFirst();
    }

    /**
     * Sends messages in their order.
     *
     * @return one result for each message, in the same order
     */
    public List<Result> send(List<Message> messages, SendOptions options) {
        var batch = new Batch(session, wire, messages, options, wear, quirks, resetNeeded);
        if (!usable) {
            batch.lost(
                    new Cause.Lost(Stage.MAIL, Trouble.CLOSED, "The connection was closed before."),
                    wire.handedOver());
            return batch.results();
        }
        try {
            requireSilence();
            boolean rested = clock.getAsLong() - lastAnswer >= REST;
            if (rested) {
                wear.rested();
            }
            Delivery.of(wire, batch, session.capabilities(), rested).run();
            batch.leaveRest();
            resetNeeded = batch.resetNeeded();
            answered();
        } catch (IOException e) {
            explain(e, batch);
        }
        return batch.results();
    }

    /**
     * What a server says unasked belongs to no command; mostly it is a 421 (RFC 5321 section 3.8).
     */
    private void requireSilence() throws IOException {
        if (wire.hasUnread()) {
            Reply reply = wire.read(Stage.NOOP);
            throw reply.isClosing()
                    ? new ServerClosing(reply)
                    : new BrokenProtocol("The server said " + reply + ", unasked.");
        }
    }

    private void answered() {
        wire.watchdog().rest();
        lastAnswer = clock.getAsLong();
    }

    private void explain(IOException e, Batch batch) {
        switch (lastWords(e, batch)) {
            case ServerClosing closing -> {
                batch.closing(closing.reply());
                cut("the server closes: " + closing.reply());
            }
            case Abandoned abandoned -> {
                batch.lost(abandoned.cause(), wire.handedOver());
                cut(abandoned.cause().detail());
            }
            case BrokenProtocol broken -> {
                String detail = String.valueOf(broken.getMessage());
                batch.lost(
                        new Cause.Broken(batch.stage(wire.handedOver()), detail),
                        wire.handedOver());
                cut("protocol broken: " + detail);
            }
            default -> {
                LostConnection lost = wire.lost(e);
                String detail = String.valueOf(lost.getMessage());
                batch.lost(
                        new Cause.Lost(batch.stage(wire.handedOver()), lost.trouble(), detail),
                        wire.handedOver());
                cut(lost.trouble() + ": " + detail);
            }
        }
    }

    /**
     * A server that hung up while we wrote may have said why, and answered earlier commands,
     * before.
     */
    private IOException lastWords(IOException e, Batch batch) {
        if (e instanceof ServerClosing || e instanceof BrokenProtocol || e instanceof Abandoned) {
            return e;
        }
        LostConnection lost = wire.lost(e);
        if (lost.trouble() != Trouble.RESET) {
            return lost;
        }
        try {
            while (batch.underWay() > 0 && batch.unread() > 0) {
                batch.readOne();
            }
        } catch (ServerClosing | BrokenProtocol | Abandoned last) {
            return last;
        } catch (IOException nothing) {
            return lost;
        }
        return lost;
    }

    /** NOOP: whether the server is still there. */
    public boolean isAlive() {
        if (!usable) {
            return false;
        }
        try {
            if (wire.ask(Stage.NOOP, "NOOP").isPositive()) {
                answered();
                return true;
            }
            cut("the server refused NOOP");
        } catch (IOException e) {
            cut(String.valueOf(wire.lost(e).getMessage()));
        }
        return false;
    }

    /** Says QUIT, waits a moment for the answer, and closes (RFC 5321 section 4.1.1.10). */
    @Override
    public void close() {
        if (!usable) {
            return;
        }
        usable = false;
        String reason = "done";
        try {
            wire.ask(Stage.QUIT, "QUIT");
        } catch (IOException e) {
            reason = "done, without an answer to QUIT";
        }
        wire.close();
        closed.accept(reason);
    }

    /**
     * Closes without a word. May be called by any thread; who sends at that moment gets results.
     */
    public void cut() {
        wire.cut();
    }

    private void cut(String reason) {
        usable = false;
        wire.cut();
        wire.close();
        closed.accept(reason);
    }
}
