package dev.postrider.door.console.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The program asks itself. */
@QuarkusTest
final class CallApiTest {
    private final CallApi calls;
    private final Users users;
    private final Database database;

    @Inject
    CallApiTest(CallApi calls, Users users, Database database) {
        this.calls = calls;
        this.users = users;
        this.database = database;
    }

    private Api owner(ConsoleTenant acme) {
        var cookie = ConsoleVisitor.signedIn(acme.email(Role.OWNER)).cookie().orElseThrow();
        return calls.of(
                new OnBehalf(
                        new OpaqueToken(cookie.replaceFirst("^[^=]+=", "")),
                        "192.0.2.1",
                        "https",
                        "mail.example.com"));
    }

    @Test
    void whatIsLargeIsReadAsItComesAndNoFurtherThanAsked() throws Exception {
        var api = owner(ConsoleTenant.named(database, users, "Acme"));
        byte[] whole;
        try (var stream = api.stream("/openapi.json")) {
            whole = stream.readAllBytes();
        }
        assertThat(whole).hasSizeGreaterThan(100_000);
        assertThat(api.beginning("/openapi.json", 50)).isEqualTo(Arrays.copyOf(whole, 50));
        assertThatThrownBy(() -> api.stream("/emails/nothing/raw").close())
                .isInstanceOfSatisfying(
                        ApiRefusal.class,
                        refusal -> assertThat(refusal.refused().status()).isEqualTo(404));
    }
}
