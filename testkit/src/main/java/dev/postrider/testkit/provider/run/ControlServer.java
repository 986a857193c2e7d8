package dev.postrider.testkit.provider.run;

import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.ProviderServer;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The page's server: forms become the calls that a test would make. */
final class ControlServer implements AutoCloseable {
    private static final int MOST_FAULTS = 1_000;

    private final SettableClock clock;
    private final List<Playable> providers;
    private final ControlPage page;
    private final ProviderServer server;

    ControlServer(int port, FakeProviders fakes) throws IOException {
        this.clock = fakes.clock();
        this.providers =
                List.of(new PlayGoogle(fakes.google()), new PlayMicrosoft(fakes.microsoft()));
        this.page = new ControlPage(clock, providers);
        this.server = new ProviderServer(port, null, routes());
    }

    String base() {
        return server.base();
    }

    @Override
    public void close() {
        server.close();
    }

    private List<Route> routes() {
        return List.of(
                new Route(ControlEndpoint.PAGE, request -> Response.html(200, page.overview())),
                new Route(ControlEndpoint.MAIL, this::mail),
                new Route(ControlEndpoint.CLOCK, this::advance),
                form(
                        ControlEndpoint.ACCOUNT,
                        (provider, form) -> provider.addAccount(form.text("address"))),
                form(
                        ControlEndpoint.REMOVE_ACCESS,
                        (provider, form) -> provider.removeAccess(form.text("address"))),
                form(
                        ControlEndpoint.EXPIRE,
                        (provider, form) -> provider.expireAccessTokens(form.text("address"))),
                form(
                        ControlEndpoint.REDIRECT,
                        (provider, form) -> provider.addRedirectUri(form.text("uri"))),
                form(ControlEndpoint.FAULT, ControlServer::arm),
                form(ControlEndpoint.CLEAR, (provider, form) -> provider.faults().clear()),
                form(
                        ControlEndpoint.SWITCH,
                        (provider, form) ->
                                provider.turn(form.text("name"), form.text("on").equals("true"))),
                form(
                        ControlEndpoint.LIMIT,
                        (provider, form) ->
                                number(form, "value")
                                        .ifPresent(value ->
                                                provider.limit(form.text("name"), value))));
    }

    private Route form(ControlEndpoint endpoint, BiConsumer<Playable, Form> act) {
        return new Route(
                endpoint,
                request ->
                        provider(request)
                                .map(provider -> {
                                    act.accept(provider, request.form());
                                    return back("#" + provider.name());
                                })
                                .orElseGet(() -> Response.empty(404)));
    }

    private Optional<Playable> provider(Request request) {
        return providers.stream()
                .filter(provider -> provider.name().equals(request.segment("provider")))
                .findFirst();
    }

    private static Response back(String place) {
        return Response.empty(303).with("Location", "/" + place);
    }

    private Response mail(Request request) {
        String address = request.query().text("address");
        return provider(request)
                .filter(provider -> provider.accounts().contains(address))
                .map(provider -> Response.html(200, page.mail(provider, address)))
                .orElseGet(() -> Response.empty(404));
    }

    private Response advance(Request request) {
        long days = number(request.form(), "days").orElse(0L);
        long seconds = number(request.form(), "seconds").orElse(0L);
        clock.advance(Duration.ofDays(days).plusSeconds(seconds));
        return back("");
    }

    private static void arm(Playable provider, Form form) {
        Optional<? extends Endpoint> endpoint =
                provider.endpoints().stream()
                        .filter(each -> each.name().equals(form.text("endpoint")))
                        .findFirst();
        Fault fault = FaultMenu.of(provider).get(form.text("fault"));
        if (endpoint.isEmpty() || fault == null) {
            return;
        }
        long times = Math.min(number(form, "times").orElse(1L), MOST_FAULTS);
        if (times == 0) {
            provider.faults().always(endpoint.get(), fault);
        }
        for (long i = 0; i < times; i++) {
            provider.faults().next(endpoint.get(), fault);
        }
    }

    private static Optional<Long> number(Form form, String name) {
        return form.get(name).filter(text -> text.matches("[0-9]{1,12}")).map(Long::parseLong);
    }
}
