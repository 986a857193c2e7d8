package dev.postrider.smtp.wire;

import dev.postrider.smtp.reply.Stage;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a server may be silent at each stage (RFC 5321 section 4.5.3.2). A reply that trickles
 * in counts as silent until it is whole.
 *
 * @param connect for each address
 * @param handshake for TLS, from its first to its last byte
 * @param command for the reply to any other command
 * @param dataBlock for the server to take one block of content
 * @param endOfData for the reply to a whole message; shorter than 10 minutes makes duplicates
 */
public record Timeouts(
        Duration connect,
        Duration greeting,
        Duration handshake,
        Duration command,
        Duration dataStart,
        Duration dataBlock,
        Duration endOfData,
        Duration quit) {

    /**
     * The RFC's values, and 30 seconds to connect, 1 minute for TLS and 5 seconds for QUIT, which
     * it leaves open.
     */
    public static final Timeouts STANDARD =
            new Timeouts(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(5));

    public Timeouts {
        boolean positive =
                Stream.of(
                                connect, greeting, handshake, command, dataStart, dataBlock,
                                endOfData, quit)
                        .allMatch(Duration::isPositive);
        if (!positive) {
            throw new IllegalArgumentException("every timeout must be positive");
        }
    }

    /** The same short time for each stage, for a person who waits or a test. */
    public static Timeouts all(Duration each) {
        return new Timeouts(each, each, each, each, each, each, each, each);
    }

    public Timeouts withConnect(Duration other) {
        return new Timeouts(
                other, greeting, handshake, command, dataStart, dataBlock, endOfData, quit);
    }

    public Duration of(Stage stage) {
        return switch (stage) {
            case RESOLVE, CONNECT -> connect;
            case GREETING -> greeting;
            case TLS -> handshake;
            case EHLO, STARTTLS, LOGIN, MAIL, RCPT, RSET, NOOP -> command;
            case DATA -> dataStart;
            case CONTENT -> dataBlock;
            case END_OF_DATA -> endOfData;
            case QUIT -> quit;
        };
    }
}
