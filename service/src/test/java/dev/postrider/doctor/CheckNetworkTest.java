package dev.postrider.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.provider.AppAccess;
import dev.postrider.credential.provider.Endpoints;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.settings.ParseProviders;
import dev.postrider.identity.issuer.ParseIssuers;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.rig.Loopback;
import dev.postrider.testkit.script.ScriptedServer;
import dev.postrider.testkit.wire.FreePort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is reached from here, and what isn't. */
final class CheckNetworkTest {
    private static final LocalDate TODAY = LocalDate.of(2027, 1, 10);

    @Test
    void namesThatAreNotFoundAreSaid() throws Exception {
        assertThat(
                        Found.by(
                                new CheckNames(
                                        "smtp.example.com",
                                        "example.com",
                                        (_, _) -> List.of(InetAddress.getLoopbackAddress()),
                                        (_, _, _) -> Optional.of(List.of("10 mx.example.com.")))))
                .containsExactly("OK dns-address", "OK dns-mx");
        assertThat(
                        Found.by(
                                new CheckNames(
                                        "smtp.example.com",
                                        "example.com",
                                        (_, host) -> {
                                            throw new UnknownHostException(host);
                                        },
                                        (_, _, _) -> Optional.empty())))
                .containsExactly("PROBLEM dns-address-none", "WARNING dns-mx-none");
    }

    @Test
    void aMailServerThatAnswersIsReached() throws Exception {
        try (var server = ScriptedServer.play("S: 220 mail.example.com\n")) {
            var port = server.port();
            assertThat(Found.by(ports(Loopback.blocks(), server(port, true))))
                    .containsExactly("OK smtp-" + port);
        }
    }

    @Test
    void closedPortsAreWorseWhenNoneIsOpen() throws Exception {
        var closed = FreePort.find();
        assertThat(Found.by(ports(Loopback.blocks(), server(closed, true))))
                .containsExactly("PROBLEM smtp-" + closed + "-closed");
        assertThat(Found.by(ports(Loopback.blocks(), server(closed, false))))
                .containsExactly("OK smtp-" + closed + "-closed");
        try (var web = new WebServer(200, "")) {
            assertThat(Found.by(ports(Loopback.blocks(), server(web.port(), true))))
                    .containsExactly("PROBLEM smtp-" + web.port() + "-closed");
        }
        try (var open = ScriptedServer.play("S: 220 mail.example.com\n")) {
            assertThat(
                            Found.by(
                                    ports(
                                            Loopback.blocks(),
                                            server(closed, true),
                                            server(open.port(), true))))
                    .containsExactly(
                            "WARNING smtp-" + closed + "-closed", "OK smtp-" + open.port());
        }
    }

    /** The doctor goes where mail would go, and nowhere else. */
    @Test
    void theGuardIsAskedToo() throws Exception {
        assertThat(ports(AllowedBlocks.NONE, server(2525, true)).look().getFirst().what())
                .contains("POSTRIDER_OUTBOUND_ALLOW");
    }

    private static CheckSmtpPorts.Server server(int port, boolean isNeeded) {
        return new CheckSmtpPorts.Server("127.0.0.1", port, isNeeded);
    }

    private static CheckSmtpPorts ports(AllowedBlocks allowed, CheckSmtpPorts.Server... servers) {
        return new CheckSmtpPorts(new OutboundGuard(allowed), List.of(servers));
    }

    @Test
    void aPublicUrlThatLeadsElsewhereIsSaid() throws Exception {
        assertThat(Found.by(new CheckPublicUrl(Optional.empty(), true)))
                .containsExactly("OK public-url-none");
        try (var ours = new WebServer(200, "title: Postrider");
                var other = new WebServer(502, "Bad gateway")) {
            assertThat(Found.by(new CheckPublicUrl(Optional.of(ours.url()), true)))
                    .containsExactly("OK public-url");
            assertThat(Found.by(new CheckPublicUrl(Optional.of(ours.url()), false)))
                    .containsExactly("PROBLEM public-url-clear", "OK public-url");
            assertThat(Found.by(new CheckPublicUrl(Optional.of(other.url()), true)))
                    .containsExactly("WARNING public-url-astray");
        }
        assertThat(
                        Found.by(
                                new CheckPublicUrl(
                                        Optional.of(
                                                URI.create("http://127.0.0.1:" + FreePort.find())),
                                        true)))
                .containsExactly("WARNING public-url-astray");
    }

    @Test
    void anIssuerThatCannotBeAskedIsSaid() throws Exception {
        assertThat(Found.by(new CheckIssuers(List.of()))).containsExactly("OK issuer-none");
        try (var elsewhere = new WebServer(200, "{\"issuer\":\"https://other.example.com\"}");
                var page = new WebServer(200, "<html>");
                var missing = new WebServer(404, "")) {
            for (var server : List.of(elsewhere, page, missing)) {
                assertThat(Found.by(issuer(server.url().toString())))
                        .containsExactly("PROBLEM issuer-unusable");
            }
        }
        assertThat(Found.by(issuer("http://127.0.0.1:" + FreePort.find())))
                .containsExactly("PROBLEM issuer-unusable");
    }

    /**
     * Who says an octet a second is alive at each read, and never done: each look has an end of its
     * own, and what else was found is said.
     */
    @Test
    @Timeout(30)
    void whoAnswersForEverIsGivenUp() throws Exception {
        try (var slow = new DrippingServer()) {
            var url = URI.create("http://127.0.0.1:" + slow.port());
            var three =
                    new CheckIssuers(
                            Collections.nCopies(
                                    3, ParseIssuers.usual(url.toString(), "postrider", false)));
            var report =
                    new Examine()
                            .all(() ->
                                    List.of(
                                            three,
                                            new CheckPublicUrl(Optional.of(url), true),
                                            ports(Loopback.blocks(), server(slow.port(), true)),
                                            app("2028-01-31", url)));
            assertThat(report.parts())
                    .flatExtracting(Report.Part::findings)
                    .extracting(Finding::id)
                    .containsExactly(
                            "issuer-unusable",
                            "issuer-unusable",
                            "issuer-unusable",
                            "public-url-astray",
                            "smtp-" + slow.port() + "-closed",
                            "app-secret",
                            "app-provider-away",
                            "app-redirect");
            assertThat(report.parts().get(1).findings().getFirst().what())
                    .contains("no whole answer within 5 seconds");
        }
    }

    /**
     * A name server that is silent costs its time, and what it was asked for is what is missing.
     */
    @Test
    @Timeout(30)
    void namesThatAreLookedUpForEverAreNotFound() throws Exception {
        var never = new CountDownLatch(1);
        var report =
                new Examine()
                        .all(() ->
                                List.of(
                                        new CheckNames(
                                                "smtp.example.com",
                                                "example.com",
                                                (_, _) -> {
                                                    never.await();
                                                    return List.of();
                                                },
                                                (_, _, _) ->
                                                        Optional.of(List.of("10 mx.example.com."))),
                                        new CheckSmtpPorts(
                                                new OutboundGuard(
                                                        AllowedBlocks.NONE,
                                                        (_, _) -> {
                                                            never.await();
                                                            return List.of();
                                                        }),
                                                CheckSmtpPorts.USUAL)));
        assertThat(report.parts())
                .flatExtracting(Report.Part::findings)
                .extracting(Finding::id)
                .containsExactly(
                        "dns-address-none",
                        "dns-mx",
                        "smtp-465-closed",
                        "smtp-587-closed",
                        "smtp-587-closed",
                        "smtp-25-closed");
    }

    private static CheckIssuers issuer(String name) {
        return new CheckIssuers(List.of(ParseIssuers.usual(name, "postrider", false)));
    }

    @Test
    void anAppWhoseSecretEndsIsSaidAndItsRedirectUri() throws Exception {
        try (var provider = new WebServer(405, "")) {
            assertThat(Found.by(app("2027-01-09", provider.url())))
                    .containsExactly(
                            "PROBLEM app-secret-ended", "OK app-provider", "OK app-redirect");
            assertThat(Found.by(app("2027-01-31", provider.url())))
                    .contains("WARNING app-secret-ends");
            var well = app("2028-01-31", provider.url());
            assertThat(Found.by(well)).contains("OK app-secret");
            assertThat(well.look())
                    .extracting(Finding::what)
                    .contains(
                            "google/default: the redirect URI to register there is"
                                    + " https://mail.example.com/connect/callback/google/default");
            assertThat(well.look().toString()).doesNotContain("difference engine");
        }
        assertThat(Found.by(app("2028-01-31", URI.create("http://127.0.0.1:" + FreePort.find()))))
                .contains("PROBLEM app-provider-away");
    }

    private static CheckProviderApps app(String expires, URI token) {
        var app =
                ParseProviders.from(
                                Map.of(
                                        Provider.GOOGLE,
                                        Map.of(
                                                "client_id", "me",
                                                "client_secret", "difference engine",
                                                "secret_expires", expires),
                                        Provider.MICROSOFT,
                                        Map.of()),
                                Optional.empty())
                        .all()
                        .getFirst();
        var endpoints = app.endpoints();
        var moved =
                new ProviderApp(
                        app.provider(),
                        app.name(),
                        app.clientId(),
                        app.login(),
                        app.tenant(),
                        new Endpoints(
                                endpoints.authorize(),
                                token,
                                endpoints.revoke(),
                                endpoints.userinfo(),
                                endpoints.api(),
                                endpoints.uploads(),
                                endpoints.issuers()),
                        app.scopes(),
                        new AppAccess.Delegated(),
                        app.messageOctets(),
                        app.secretExpires());
        return new CheckProviderApps(
                new ProviderApps(List.of(moved)),
                Optional.of(URI.create("https://mail.example.com/")),
                TODAY);
    }
}
