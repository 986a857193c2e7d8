package dev.postrider.smtp.login;

import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The AUTH command and its dialogue (RFC 4954 section 4). */
public final class Login {
    /** With its CRLF; also the limit for AUTH with an initial response (RFC 4954 section 4). */
    private static final int MAX_COMMAND = 512;

    private static final int MAX_ROUNDS = 8;

    /** Shorter ones would blank every other word of a reply. */
    private static final int HIDDEN_FROM = 4;

    private final Wire wire;
    private final List<String> secrets = new ArrayList<>();

    public Login(Wire wire) {
        this.wire = wire;
    }

    /** Returns the server's last word. */
    public Reply with(Mechanism mechanism) throws IOException {
        hide(mechanism.secret());
        Reply reply = start(mechanism);
        for (int round = 0; reply.code() == 334; round++) {
            if (round == MAX_ROUNDS) {
                throw new BrokenProtocol("The server's login dialogue has no end.");
            }
            reply = answer(mechanism.answer(challenge(mechanism, reply)));
        }
        if (reply.isPositive()) {
            mechanism.succeeded();
        } else if (reply.isIntermediate()) {
            throw BrokenProtocol.unexpected(Stage.LOGIN, reply);
        }
        wire.hide(List.of());
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
            hide(encoded);
            wire.say(command + " ").saySecret(encoded.isEmpty() ? "=" : encoded).endLine();
            wire.flush();
            return wire.read(Stage.LOGIN);
        }
        Reply reply = wire.ask(Stage.LOGIN, command);
        return reply.code() == 334 ? answer(initial) : reply;
    }

    private Reply answer(byte[] answer) throws IOException {
        String encoded = encode(answer);
        hide(encoded);
        wire.saySecret(encoded).endLine();
        wire.flush();
        return wire.read(Stage.LOGIN);
    }

    private void hide(String secret) {
        if (secret.length() >= HIDDEN_FROM) {
            secrets.add(secret);
            wire.hide(secrets);
        }
    }

    /** Servers prompt for a name or a password in plain words, too, which nobody needs. */
    private static byte[] challenge(Mechanism mechanism, Reply reply) throws BrokenProtocol {
        byte[] text = reply.text().strip().getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            if (mechanism.readsChallenges()) {
                throw new BrokenProtocol("The server's login challenge isn't base64.");
            }
            return text;
        }
    }

    private static String encode(byte[] answer) {
        return Base64.getEncoder().encodeToString(answer);
    }
}
