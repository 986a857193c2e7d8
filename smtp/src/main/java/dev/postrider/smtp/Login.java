package dev.postrider.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The AUTH command and its dialogue (RFC 4954 section 4). */
final class Login {
    /** With its CRLF; also the limit for AUTH with an initial response (RFC 4954 section 4). */
    private static final int MAX_COMMAND = 512;

    private static final int MAX_ROUNDS = 8;

    private final Wire wire;

    Login(Wire wire) {
        this.wire = wire;
    }

    /** Returns the server's last word. */
    Reply with(Mechanism mechanism) throws IOException {
        Reply reply = start(mechanism);
        for (int round = 0; reply.code() == 334; round++) {
            if (round == MAX_ROUNDS) {
                throw new BrokenProtocol("The server's login dialogue has no end.");
            }
            reply = answer(mechanism.answer(challenge(reply)));
        }
        if (reply.isPositive()) {
            mechanism.succeeded();
        } else if (reply.isIntermediate()) {
            throw BrokenProtocol.unexpected(Stage.LOGIN, reply);
        }
        return reply;
    }

    private Reply start(Mechanism mechanism) throws IOException {
        String command = "AUTH " + mechanism.name();
        if (!mechanism.clientFirst()) {
            return wire.ask(Stage.LOGIN, command);
        }
        byte[] initial = mechanism.answer(new byte[0]);
        String encoded = encode(initial);
        if (command.length() + 1 + encoded.length() + 2 <= MAX_COMMAND) {
            wire.say(command + " ").saySecret(encoded.isEmpty() ? "=" : encoded).endLine();
            wire.flush();
            return wire.read(Stage.LOGIN);
        }
        Reply reply = wire.ask(Stage.LOGIN, command);
        return reply.code() == 334 ? answer(initial) : reply;
    }

    private Reply answer(byte[] answer) throws IOException {
        wire.saySecret(encode(answer)).endLine();
        wire.flush();
        return wire.read(Stage.LOGIN);
    }

    private static byte[] challenge(Reply reply) throws BrokenProtocol {
        try {
            return Base64.getDecoder()
                    .decode(reply.text().strip().getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new BrokenProtocol("The server's login challenge isn't base64.");
        }
    }

    private static String encode(byte[] answer) {
        return Base64.getEncoder().encodeToString(answer);
    }
}
