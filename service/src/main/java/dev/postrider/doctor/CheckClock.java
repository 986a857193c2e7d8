package dev.postrider.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * This machine's clock: against a time server's (RFC 5905), or else the date that a web server
 * says.
 *
 * @param timeServer asked by SNTP
 * @param webServer asked when the first doesn't answer
 */
public record CheckClock(InetSocketAddress timeServer, URI webServer, InstantSource clock)
        implements Check {
    private static final Duration TOLERATED = Duration.ofSeconds(5);
    private static final Duration DANGEROUS = Duration.ofMinutes(1);
    private static final int PATIENCE = 3000;

    /** A packet of version 4 from a client; its answer has the server's time at octet 40. */
    private static final int OCTETS = 48;

    private static final byte CLIENT = 0x23;
    private static final int TRANSMITTED = 40;
    private static final int ORIGINATED = 24;
    private static final int STRATUM = 1;
    private static final int FARTHEST = 15;
    private static final int MODE = 0x07;
    private static final int SERVER = 0x04;
    private static final int LEAP = 0xc0;
    private static final int UNSYNCHRONISED = 0xc0;
    private static final long ERA = 1L << 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Seconds from 1900, where NTP begins, to 1970. */
    private static final long NTP_EPOCH = 2_208_988_800L;

    @Override
    public String about() {
        return "Clock";
    }

    @Override
    public List<Finding> look() throws InterruptedException, ExecutionException {
        // looking up its name takes its time too
        var byTimeServer =
                AtOnce.look(Duration.ofMillis(PATIENCE), this::askTimeServer)
                        .orElse(Optional.empty());
        var ahead = byTimeServer.isPresent() ? byTimeServer : askWebServer();
        var whose = byTimeServer.isPresent() ? "of " + timeServer.getHostString() : "of the web";
        return List.of(
                ahead.map(by -> finding(by, whose))
                        .orElseGet(() ->
                                Finding.warning(
                                        "clock-unknown",
                                        "Neither "
                                                + timeServer.getHostString()
                                                + " (NTP) nor "
                                                + webServer.getHost()
                                                + " tells the time: the clock can't be compared.",
                                        "A wrong clock dates emails wrongly, and tokens are refused.",
                                        "See whether the machine reaches the Internet; timedatectl"
                                                + " says whether its clock is kept.")));
    }

    private static Finding finding(Duration ahead, String whose) {
        var text =
                "The clock is %.1f seconds %s that %s."
                        .formatted(
                                ahead.abs().toMillis() / 1000.0,
                                ahead.isNegative() ? "behind" : "ahead of",
                                whose);
        var why =
                "Emails bear wrong dates, and logins at providers are refused by their tokens' times.";
        var advice = "Keep it by NTP: timedatectl set-ntp true, or install chrony.";
        if (ahead.abs().compareTo(DANGEROUS) > 0) {
            return Finding.problem("clock-wrong", text, why, advice);
        }
        return ahead.abs().compareTo(TOLERATED) > 0
                ? Finding.warning("clock-off", text, why, advice)
                : Finding.ok("clock", text);
    }

    private Optional<Duration> askTimeServer() {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE);
            var address = new InetSocketAddress(timeServer.getHostString(), timeServer.getPort());
            if (address.isUnresolved()) {
                return Optional.empty();
            }
            socket.connect(address);
            var question = question();
            var before = clock.instant();
            socket.send(new DatagramPacket(question, OCTETS));
            var answer = new DatagramPacket(new byte[OCTETS], OCTETS);
            socket.receive(answer);
            var middle = middle(before, clock.instant());
            return Optional.of(answer)
                    .filter(each -> tells(each, question))
                    .map(each -> Duration.between(time(each.getData()), middle));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** What stands where a client's time would is repeated by the server: nobody else knows it. */
    private static byte[] question() {
        var question = new byte[OCTETS];
        question[0] = CLIENT;
        ByteBuffer.wrap(question).putLong(TRANSMITTED, RANDOM.nextLong());
        return question;
    }

    /**
     * Whether an answer is a server's, to this question, and knows the time: RFC 4330 section 5. A
     * server that isn't synchronised or sends clients away (stratum 0) tells none.
     */
    private static boolean tells(DatagramPacket answer, byte[] question) {
        var octets = answer.getData();
        var stratum = octets[STRATUM] & 0xff;
        return answer.getLength() == OCTETS
                && (octets[0] & MODE) == SERVER
                && (octets[0] & LEAP) != UNSYNCHRONISED
                && stratum >= 1
                && stratum <= FARTHEST
                && Arrays.equals(octets, ORIGINATED, ORIGINATED + 8, question, TRANSMITTED, OCTETS)
                && ByteBuffer.wrap(octets).getLong(TRANSMITTED) != 0;
    }

    /** Its seconds begin anew in February 2036 (RFC 4330 section 3). */
    private static Instant time(byte[] answer) {
        var said = Integer.toUnsignedLong(ByteBuffer.wrap(answer).getInt(TRANSMITTED));
        var seconds = said < ERA / 2 ? said + ERA : said;
        var fraction = Integer.toUnsignedLong(ByteBuffer.wrap(answer).getInt(TRANSMITTED + 4));
        return Instant.ofEpochSecond(seconds - NTP_EPOCH, (fraction * 1_000_000_000L) >>> 32);
    }

    private Optional<Duration> askWebServer() throws InterruptedException {
        try {
            var before = clock.instant();
            var date = Fetch.get(webServer).date();
            var between = middle(before, clock.instant());
            return date.map(server -> Duration.between(server, between));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Instant middle(Instant before, Instant after) {
        return before.plus(Duration.between(before, after).dividedBy(2));
    }
}
