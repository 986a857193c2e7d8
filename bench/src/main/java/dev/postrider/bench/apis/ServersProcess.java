package dev.postrider.bench.apis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.link.DelayedLink;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Google, Microsoft and an SMTP sink in a process of their own, each at the end of a link, so that
 * what they cost can be told from the rest. Prints a line of JSON, and ends with its standard
 * input.
 */
final class ServersProcess {
    private static final String HOST = "127.0.0.1";

    private ServersProcess() {}

    /** Arguments: the file of counters, how many accounts, milliseconds of a round trip. */
    public static void main(String... arguments) throws IOException {
        var mailboxes = Integer.parseInt(arguments[1]);
        var roundTrip = Duration.ofMillis(Long.parseLong(arguments[2]));
        var authority = PrivateAuthority.create();
        var tls = authority.serverContext(HOST, "localhost");
        var sunk = new AtomicLong();
        var options =
                SinkOptions.standard().withStartTls(tls).recording(_ -> sunk.incrementAndGet());
        try (var counters = Counters.open(Path.of(arguments[0]));
                var google = FakeGoogle.start(new SettableClock(), 0, tls);
                var microsoft = FakeMicrosoft.start(new SettableClock(), 0, tls);
                var sink = Sink.start(options);
                var toGoogle = DelayedLink.to(google.port(), roundTrip);
                var toMicrosoft = DelayedLink.to(microsoft.port(), roundTrip);
                var toSink = DelayedLink.to(sink.port(), roundTrip)) {
            google.limits()
                    .unlimited(GoogleLimit.UNITS_A_MINUTE)
                    .unlimited(GoogleLimit.MESSAGES_A_DAY_IN_WORKSPACE);
            google.mailboxes().countOnly();
            microsoft
                    .limits()
                    .unlimited(MicrosoftLimit.MESSAGES_A_MINUTE)
                    .unlimited(MicrosoftLimit.REQUESTS_IN_TEN_MINUTES)
                    .unlimited(MicrosoftLimit.RECIPIENTS_A_DAY);
            microsoft.mailboxes().countOnly();
            var facts = Json.object().put("authority", authority.pem()).put("smtp", toSink.port());
            facts.set("providers", providers(google, toGoogle, microsoft, toMicrosoft));
            facts.put("gmail", toGoogle.port()).put("microsoft", toMicrosoft.port());
            var tokens = facts.putObject("tokens");
            var ofGoogle = tokens.putArray(Wire.GMAIL.text());
            var ofMicrosoft = tokens.putArray(Wire.MICROSOFT.text());
            for (var i = 0; i < mailboxes; i++) {
                ofGoogle.add(token(google, Servers.address(i)));
                ofMicrosoft.add(token(microsoft, Servers.address(i)));
            }
            System.out.println(facts);
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        while (true) {
                            counters.set(
                                    google.accepted().total()
                                            + microsoft.accepted().total()
                                            + sunk.get(),
                                    toGoogle.opened() + toMicrosoft.opened() + toSink.opened());
                            LockSupport.parkNanos(1_000_000);
                        }
                    });
            byte[] _ = System.in.readAllBytes();
            // the mapped file is still written to
            Runtime.getRuntime().halt(0);
        }
    }

    /** For the product's file of providers: apps that an administrator lets act for everybody. */
    private static ObjectNode providers(
            FakeGoogle google,
            DelayedLink toGoogle,
            FakeMicrosoft microsoft,
            DelayedLink toMicrosoft) {
        var file = Json.object();
        file.putArray("google")
                .add(
                        google.entry(
                                base(toGoogle),
                                google.registerServiceAccount("bench")
                                        .delegate(Servers.DOMAIN, "gmail.send"),
                                Servers.DOMAIN));
        microsoft.tenant(Servers.DOMAIN).grantRoles(microsoft.app(), Set.of("Mail.Send"), Set.of());
        var entry =
                microsoft
                        .entry(base(toMicrosoft), Servers.DOMAIN)
                        .put("name", "daemon")
                        .put("access", "application");
        entry.putArray("allow").add(Servers.DOMAIN);
        file.putArray("microsoft").add(entry);
        return file;
    }

    private static String base(DelayedLink link) {
        return "https://" + HOST + ":" + link.port();
    }

    /** For loops without us. */
    private static String token(FakeGoogle google, String address) {
        var grant =
                new GoogleGrants.Grant(
                        google.account(address),
                        google.app(),
                        GoogleScope.canonical(List.of("gmail.send")));
        return google.grants().issueAccessToken(grant).value();
    }

    private static String token(FakeMicrosoft microsoft, String address) {
        var account = microsoft.account(address);
        return microsoft
                .grants()
                .issueAccessToken(
                        Optional.of(account),
                        microsoft.app(),
                        account.tenant(),
                        MicrosoftScope.GRAPH,
                        Set.of("Mail.Send"));
    }
}
