package dev.postrider.door.console.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /console/webhooks/ID/deliveries/EVENT}: the request, each answer, and once more. */
@Path("/console/webhooks/{id}/deliveries/{event}")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class DeliveryEndpoint {
    private final Template template;
    private final ConsolePages pages;

    DeliveryEndpoint(
            @Location("console/webhooks/delivery.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    public Response show(
            @PathParam("id") String id,
            @PathParam("event") String event,
            @Context SecurityContext security) {
        return show(200, id, event, Visit.of(security), Optional.empty());
    }

    @POST
    @Path("/replay")
    public Response replay(
            @PathParam("id") String id,
            @PathParam("event") String event,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        return switch (visit.api().post(api(id, event) + "/replay")) {
            case ApiAnswer.Done _ ->
                    pages.goTo(
                            "/console/webhooks/%s/deliveries/%s"
                                    .formatted(Url.encode(id), Url.encode(event)),
                            "replayed");
            case ApiAnswer.Refused refused ->
                    show(refused.status(), id, event, visit, Optional.of(refused.detail()));
        };
    }

    private static String api(String id, String event) {
        return WebhookEndpoint.api(id) + "/deliveries/" + Url.encode(event);
    }

    private Response show(
            int status, String id, String event, Visit visit, Optional<String> alert) {
        var webhook = WebhookView.of(visit.api().read(WebhookEndpoint.api(id)), visit);
        var delivery = visit.api().read(api(id, event));
        var request = delivery.path("request");
        var page =
                new DeliveryPage(
                        visit.formToken(),
                        webhook,
                        DeliveryView.of(delivery, visit),
                        delivery.path("attempts")
                                .valueStream()
                                .map(attempt -> call(attempt, visit))
                                .toList(),
                        request.path("url").asText(),
                        request.path("headers").properties().stream()
                                .map(each ->
                                        new DeliveryPage.Header(
                                                each.getKey(), each.getValue().asText()))
                                .sorted(Comparator.comparing(DeliveryPage.Header::name))
                                .toList(),
                        request.path("body").toPrettyString(),
                        hidden(request.path("hidden")),
                        alert.orElse(null));
        return pages.page(status, visit, template, page.delivery().label(), page);
    }

    private static @Nullable String hidden(JsonNode names) {
        return names.isEmpty()
                ? null
                : names.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
    }

    private static DeliveryPage.Call call(JsonNode attempt, Visit visit) {
        var error = WebhookView.text(attempt, "error");
        var millis = attempt.path("duration_ms").asLong();
        return new DeliveryPage.Call(
                attempt.path("number").asInt(),
                visit.time(attempt.path("at").asText()),
                error.isPresent() ? "bad" : "good",
                error.orElseGet(
                        () -> "The endpoint took it (" + attempt.path("status").asInt() + ")."),
                millis < 1000 ? millis + " ms" : "%.1f s".formatted(millis / 1000.0),
                WebhookView.text(attempt, "answer").orElse(null));
    }
}
