package dev.postrider.testkit.script;

import dev.postrider.testkit.wire.Peer;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One conversation of a {@link ScriptedServer}. */
final class Script {
    private final List<String> lines;
    private final Peer peer;
    private final @Nullable SSLContext tls;
    private final StringBuilder heard = new StringBuilder();

    Script(String text, Peer peer, @Nullable SSLContext tls) {
        this.lines = text.lines().filter(line -> !line.isBlank()).toList();
        this.peer = peer;
        this.tls = tls;
    }

    void perform() throws IOException {
        for (String line : lines) {
            String text = line.length() > 3 ? line.substring(3) : "";
            switch (line.substring(0, 2)) {
                case "S:" -> {
                    heard.append("S: ").append(text).append('\n');
                    peer.reply(text);
                }
                case "C:" -> expect(text);
                case "--" -> {
                    peer.flush();
                    if (!direct(text)) {
                        return;
                    }
                }
                default ->
                        throw new AssertionError(
                                "the script has a line that means nothing: " + line);
            }
        }
        peer.flush();
        expectEnd();
    }

    private void expect(String text) throws IOException {
        String said = peer.readLine();
        heard.append("C: ").append(said).append('\n');
        if (!text.equals(said)) {
            throw new AssertionError(
                    "expected from the client: " + text + "\nthe conversation:\n" + heard);
        }
    }

    private void expectEnd() throws IOException {
        String said = peer.readLine();
        if ("QUIT".equals(said)) {
            said = peer.readLine();
        }
        if (said != null) {
            throw new AssertionError(
                    "the client goes on: " + said + "\nthe conversation:\n" + heard);
        }
    }

    /** Returns whether the script goes on. */
    private boolean direct(String what) throws IOException {
        return switch (what) {
            case "tls", "tls 1.2" -> {
                if (tls == null) {
                    throw new AssertionError("this server has no certificate");
                }
                peer.startTls(tls, what.equals("tls") ? List.of() : List.of("TLSv1.2"));
                yield true;
            }
            case "any" -> {
                heard.append("C: ").append(peer.readLine()).append('\n');
                yield true;
            }
            case "wait" -> {
                if (peer.hasUnread()) {
                    throw new AssertionError(
                            "the client didn't wait: " + peer.readLine() + "\n" + heard);
                }
                yield true;
            }
            case "close" -> {
                peer.socket().close();
                yield false;
            }
            case "reset" -> {
                peer.socket().setSoLinger(true, 0);
                peer.socket().close();
                yield false;
            }
            case "silence" -> {
                while (peer.readLine() != null) {
                    heard.append("(more)\n");
                }
                yield false;
            }
            default -> throw new AssertionError("unknown direction: " + what);
        };
    }
}
