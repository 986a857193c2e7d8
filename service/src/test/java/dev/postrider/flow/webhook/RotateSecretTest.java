package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.webhook.DeliveryTable.DueWebhook;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application takes up a new secret while calls go on. */
@ExtendWith(TestDatabase.class)
final class RotateSecretTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final Database database;
    private final WebhookRig rig;

    RotateSecretTest(Database database) {
        this.database = database;
        this.rig = new WebhookRig(database);
    }

    @AfterEach
    void hangUp() {
        rig.close();
    }

    @Test
    void forAWhileBothSecretsSign() throws InterruptedException {
        var rotated = rotate(DAY);
        assertThat(rotated.secret()).isNotEqualTo(rig.created.secret());
        assertThat(rotated.webhook().previousSecretUntil())
                .hasValueSatisfying(until ->
                        assertThat(until).isAfter(Instant.now().plus(DAY.minusMinutes(1))));

        assertSignedBy(rotated.secret(), rig.created.secret());
    }

    @Test
    void afterThatOnlyTheNewOneDoesAndTheOldOneIsDeleted() throws InterruptedException {
        var rotated = rotate(DAY);
        database.inTransaction(
                handle -> handle.execute("update webhook set previous_secret_until = now()"));
        assertSignedBy(rotated.secret());
        assertThat(rig.webhook().previousSecretUntil()).isEmpty();

        rig.purge();
        assertThat(previousSecrets()).isZero();
    }

    @Test
    void withoutAnOverlapTheOldOneEndsAtOnce() throws InterruptedException {
        var rotated = rotate(Duration.ZERO);
        assertThat(rotated.webhook().previousSecretUntil()).isEmpty();
        assertThat(previousSecrets()).isZero();
        assertSignedBy(rotated.secret());
    }

    @Test
    void anOverlapCanBeEndedEarly() throws InterruptedException {
        var rotated = rotate(DAY);
        assertThat(rig.outbox.webhooks().endPreviousSecret(rig.webhook())).isPresent();
        assertThat(rig.outbox.webhooks().endPreviousSecret(rig.webhook())).isEmpty();
        assertSignedBy(rotated.secret());
    }

    @Test
    void aSecondRotationLeavesTheLastTwo() throws InterruptedException {
        var first = rotate(DAY);
        var second = rotate(DAY);
        assertSignedBy(second.secret(), first.secret());
    }

    /** A node that has looked before knows only the secret that was. */
    @Test
    void whoHasLookedBeforeARotationMakesNoCallWithWhatItKnows() {
        rig.outbox.event(rig.created.webhook());
        var due = rig.due().getFirst();
        rotate(Duration.ZERO);
        assertThat(claim(due)).isEmpty();
        assertThat(claim(rig.due().getFirst())).hasSize(1);
    }

    private List<Delivery> claim(DueWebhook due) {
        return database.inTransaction(
                handle -> DeliveryTable.claim(handle, due, 1, WebhookRig.LEASE));
    }

    @Test
    void anOwnerMayChooseIt() {
        var chosen = SigningSecret.parse("whsec_" + "QUJD".repeat(8));
        assertThat(chosen).isPresent();
        assertThat(
                        rig.outbox
                                .webhooks()
                                .rotate(rig.webhook(), chosen, DAY)
                                .map(Webhooks.Rotated::secret))
                .isEqualTo(chosen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD",
                "whsec_QUJDQUJDQUJDQUJDQUJDQUJDQUJD",
                "whsec_!!!!QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD"
            })
    void butNoneThatIsWeakOrNoSecret(String text) {
        assertThat(SigningSecret.parse(text)).isEmpty();
        assertThat(SigningSecret.parse("whsec_" + "QUJD".repeat(22))).isEmpty();
    }

    private Webhooks.Rotated rotate(Duration keep) {
        return rig.outbox.webhooks().rotate(rig.webhook(), Optional.empty(), keep).orElseThrow();
    }

    /** Each of a list of signatures, newest first (Standard Webhooks 1.0.0, "Signature scheme"). */
    private void assertSignedBy(SigningSecret... secrets) throws InterruptedException {
        var event = rig.outbox.event(rig.created.webhook());
        rig.serve();
        var call = rig.listener.next();
        var body = call.body().getBytes(UTF_8);
        assertThat(call.header("webhook-signature").split(" "))
                .containsExactly(
                        Arrays.stream(secrets)
                                .map(secret -> secret.sign(event.toString(), rig.now.get(), body))
                                .toArray(String[]::new));
        assertThat(call.header("svix-signature")).isEqualTo(call.header("webhook-signature"));
    }

    private int previousSecrets() {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select count(*)
                                from webhook
                                where id = :id
                                  and previous_secret is not null
                                """)
                        .bind("id", rig.created.webhook().id())
                        .mapTo(Integer.class)
                        .one());
    }
}
