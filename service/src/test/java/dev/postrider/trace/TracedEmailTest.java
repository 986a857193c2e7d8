package dev.postrider.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.api.send.EmailApi;
import dev.postrider.flow.webhook.Listener;
import dev.postrider.http.Api;
import dev.postrider.rig.OtlpReceiver;
import dev.postrider.rig.OtlpReceiver.Received;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One email's trace, from the request to the webhook, by the whole program. */
@QuarkusTest
final class TracedEmailTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void allStepsOfAnEmailAreOneTraceWithItsId() throws Exception {
        var receiver = OtlpReceiver.start();
        var telemetry = new Telemetry(receiver.settings(Map.of()));
        telemetry.start();
        try (receiver;
                var listener = Listener.start();
                var emails = new EmailApi("traced@example.com")) {
            var webhook = webhook(emails.api(), listener);
            var answer =
                    emails.post(
                            "/emails",
                            "traceparent",
                            CALLER,
                            emails.email("'to':'grace.secret@example.org','text':'Hi secret.',"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            var id = answer.json().path("id").asText();
            var call = listener.next();

            var spans = receiver.await(id, some -> has(some, "webhook") && has(some, "settle"));

            var root = one(spans, "accept");
            assertThat(root.parent()).isEmpty();
            assertThat(root.facts())
                    .containsEntry("postrider.email.id", id)
                    .containsEntry("postrider.mailbox.id", emails.mailbox())
                    .containsEntry("postrider.recipients", 1L);
            assertThat(one(spans, "compose").parent()).isEqualTo(root.id());
            assertThat(one(spans, "enqueue").parent()).isEqualTo(root.id());
            var attempt = one(spans, "attempt");
            assertThat(attempt.parent()).isEqualTo(root.id());
            assertThat(one(spans, "lease").parent()).isEqualTo(attempt.id());
            assertThat(one(spans, "settle").parent()).isEqualTo(attempt.id());
            var told = one(spans, "webhook");
            assertThat(told.parent()).isEqualTo(root.id());
            assertThat(told.facts())
                    .containsEntry("http.response.status_code", 200L)
                    .containsEntry("postrider.event.type", "email.sent")
                    .containsEntry("postrider.webhook.id", webhook);
            assertThat(call.header("traceparent"))
                    .isEqualTo("00-" + id.replace("-", "") + "-" + told.id() + "-01");
            var request = receiver.await(TRACE, some -> !some.isEmpty()).getFirst();
            assertThat(request.name()).isEqualTo("POST /emails");
            assertThat(root.links()).containsExactly(TRACE + "-" + request.id());
            assertThat(receiver.awaitLog(id, "sent"))
                    .extracting(line -> line.getBody().getStringValue())
                    .anyMatch(line -> line.startsWith("queued email=" + id));
            assertThat(receiver.all())
                    .doesNotContain("secret")
                    .doesNotContain("Hello")
                    .doesNotContain("example.org")
                    .doesNotContain("/hooks");
            emails.api().delete("/webhooks/" + webhook);
        } finally {
            telemetry.close();
        }
    }

    @Test
    void anEmailWhoseCallerWaitsHasATraceToo() {
        var receiver = OtlpReceiver.start();
        var telemetry = new Telemetry(receiver.settings(Map.of()));
        telemetry.start();
        try (receiver;
                var emails = new EmailApi("waits@example.com")) {
            var body = EmailApi.json("{'to':'grace@example.org','subject':'Hi','message':'Hi.'}");
            for (var i = 0; i < 2; i++) {
                // the second goes the short way
                var id = emails.api().post("/smtp/send-email", body).json().path("id").asText();

                var spans = receiver.await(id, some -> has(some, "settle") && has(some, "accept"));

                assertThat(one(spans, "attempt").parent()).isEqualTo(one(spans, "accept").id());
            }
        } finally {
            telemetry.close();
        }
    }

    @Test
    void nothingIsTracedUnlessItIsAskedFor() {
        assertThat(EmailTrace.isOn()).isFalse();
    }

    private static String webhook(Api api, Listener listener) {
        var answer =
                api.post(
                        "/webhooks",
                        EmailApi.json(
                                "{'endpoint':'%s','events':['email.sent']}"
                                        .formatted(listener.url())));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private static boolean has(List<Received> spans, String name) {
        return spans.stream().anyMatch(each -> each.name().equals(name));
    }

    private static Received one(List<Received> spans, String name) {
        return spans.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
}
