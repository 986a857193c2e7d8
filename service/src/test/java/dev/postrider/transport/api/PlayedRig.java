package dev.postrider.transport.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Database;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** The flow with Ann's mailbox at a provider that keeps and counts what it has accepted. */
public class PlayedRig extends ApiRig {
    private final PlayedProvider provider;
    private final int before;

    /** At a provider as it is at first. */
    public PlayedRig(Database database, PlayedProvider provider, Set<String> scopes) {
        this(database, provider, provider.uploads(), scopes);
    }

    /**
     * The same with servers for large files.
     *
     * @param uploads those that the operator allows
     */
    public PlayedRig(
            Database database, PlayedProvider provider, Set<URI> uploads, Set<String> scopes) {
        super(
                database,
                provider.kind(),
                provider.base(),
                uploads,
                new TestTokens(provider::token, scopes),
                ApiRig.client(),
                provider::transport);
        this.provider = provider;
        provider.reset();
        this.before = provider.accepted().total();
    }

    /** Sends what has this header and a line of text. */
    public EmailKey send(String header, String... to) throws InterruptedException {
        return sendWith(header, "Hello\r\n", to);
    }

    /** Sends what has this header and that many octets of text. */
    public EmailKey sendLarge(String header, int octets) throws InterruptedException {
        return sendWith(header, "A line of a large message.\r\n".repeat(octets / 28 + 1));
    }

    private EmailKey sendWith(String header, String text, String... to)
            throws InterruptedException {
        var key = flow.lanes().newKey();
        var content = "Message-ID: <" + key.id() + "@example.org>\r\n" + header + "\r\n\r\n" + text;
        return flow.send(flow.lanes().email(key, lane, content.getBytes(UTF_8), to));
    }

    /** An email that was accepted, and nobody was told. */
    public EmailKey lost() throws InterruptedException {
        return inDoubt(Fault.acceptThenReset());
    }

    /** An email whose attempt met this fault. */
    public EmailKey inDoubt(Fault fault) throws InterruptedException {
        provider.faults().next(provider.sending(), fault);
        var email = flow.send(lane);
        assertThat(flow.lanes().attempts(email)).containsExactly("1 unknown");
        return email;
    }

    /** As after a reconnect: connections keep no token of before. */
    public void allow(Set<String> scopes) throws InterruptedException {
        tokens.allow(scopes);
        flow.replaceWorker("reconnected");
    }

    /** From the same mailbox, by somebody else, later. */
    public void sendOthers(int count) throws Exception {
        var token = provider.token(provider.sendOnly());
        var message = "To: eve@example.org\r\nSubject: Other\r\n\r\nHi\r\n".getBytes(UTF_8);
        provider.clock().advance(Duration.ofSeconds(1));
        try (var client = HttpClient.newHttpClient()) {
            for (var i = 0; i < count; i++) {
                var request =
                        provider.sendElsewhere(message)
                                .header("Authorization", "Bearer " + token)
                                .build();
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
            }
        }
    }

    /** How often the provider has accepted an email. */
    public int accepted(EmailKey email) {
        return provider.accepted().with("X-Postrider-Id", email.id().toString());
    }

    /** How much it has accepted since this was made. */
    public int accepted() {
        return provider.accepted().total() - before;
    }

    /** What it has accepted last. */
    public StoredMessage last() {
        return provider.sent().getLast();
    }
}
