package dev.postrider.door.console.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The program asks itself, from many threads at once. */
@QuarkusTest
final class CallApiTest {
    private static final int CALLS = 2_000;

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

    /** An answer may be there before whoever asked goes on: it is theirs all the same. */
    @Test
    void noAnswerIsLost() throws Exception {
        var acme = ConsoleTenant.named(database, users, "Acme");
        var api = owner(acme);
        var asked = new ArrayList<Callable<JsonNode>>();
        for (var i = 0; i < CALLS; i++) {
            asked.add(() -> api.read("/me"));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(asked)) {
                assertThat(answer.get().path("email").asText()).isEqualTo(acme.email(Role.OWNER));
            }
        }
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
