package dev.postrider.transport.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.rig.Loopback;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SharedTrustTest {
    private static final PrivateAuthority AUTHORITY = PrivateAuthority.create();

    private final ReachServer reach = new ReachServer(Loopback.guard(), EhloName.LITERAL);

    @Test
    void twoMailboxesOfOneServerShareItsTlsSession() {
        try (var sink = Sink.start(options())) {
            assertThat(isResumed(sink)).isFalse();
            assertThat(isResumed(sink)).isTrue();
        }
    }

    @Test
    void whoBelievesAnotherAuthorityResumesNothing() {
        var stranger = PrivateAuthority.create().pem();
        try (var sink = Sink.start(options())) {
            assertThat(isResumed(sink)).isFalse();
            assertThat(open(sink, stranger)).isInstanceOf(Opening.TlsFailed.class);
        }
    }

    @Test
    void ofManyAuthoritiesThoseUsedLastAreKept() {
        var shared = new SharedTrust();
        var first = shared.authority(AUTHORITY.pem());
        assertThat(shared.authority(AUTHORITY.pem())).isSameAs(first);
        for (var i = 0; i < 200; i++) {
            shared.authority(AUTHORITY.pem() + "\n".repeat(i + 1));
        }
        assertThat(shared.authority(AUTHORITY.pem())).isNotSameAs(first);
    }

    private static SinkOptions options() {
        return SinkOptions.standard().withStartTls(AUTHORITY.serverContext("127.0.0.1"));
    }

    private boolean isResumed(Sink sink) {
        var opening = open(sink, AUTHORITY.pem());
        try (var connection = ((Opening.Open) opening).connection()) {
            return Objects.requireNonNull(connection.session().tls()).resumed();
        }
    }

    /** As a mailbox does, from its settings. */
    private Opening open(Sink sink, String authority) {
        var server =
                new SmtpServer("127.0.0.1", sink.port(), TlsMode.STARTTLS, Optional.of(authority));
        return reach.connector(UUID.randomUUID(), server, Observer.NONE)
                .open(reach.server(server), new Credentials.None());
    }
}
