package dev.postrider.transport.smtp.discovery;

import dev.postrider.outbound.BodySink;
import dev.postrider.outbound.CallResult;
import dev.postrider.outbound.OutboundCall;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.outbound.lookup.DomainRecords;
import dev.postrider.outbound.lookup.HostName;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Finds the submission server of a domain: the known providers by name or by where the domain's
 * mail goes (MX), then the domain's own word by DNS SRV (RFC 6186, RFC 8314 section 5.1) and by the
 * autoconfig convention.
 */
@Singleton
public final class FindServer {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final OutboundCall.Bounds SMALL =
            new OutboundCall.Bounds(PATIENCE, 256 * 1024, 1_000, 3);
    private static final Pattern SRV =
            Pattern.compile("([0-9]{1,5}) ([0-9]{1,5}) ([0-9]{1,5}) (\\S+?)\\.?");
    private static final Pattern MX = Pattern.compile("[0-9]{1,5} (\\S+?)\\.?");

    private final KnownProviders providers;
    private final DomainRecords records;
    private final OutboundClient client;

    @Inject
    public FindServer(KnownProviders providers, OutboundClient client) {
        this(providers, DomainRecords.bySystem(PATIENCE), client);
    }

    public FindServer(KnownProviders providers, DomainRecords records, OutboundClient client) {
        this.providers = providers;
        this.records = records;
        this.client = client;
    }

    /**
     * @param workspace on whose word
     * @param domain in A-labels
     */
    public FoundServer of(UUID workspace, String domain) throws InterruptedException {
        var known = providers.forDomain(domain).map(KnownServer::server);
        if (known.isPresent()) {
            return new FoundServer.Certain(known.get(), "provider");
        }
        var exchanges = records.of(workspace, domain, "MX");
        if (exchanges.isEmpty()) {
            return new FoundServer.Nothing();
        }
        var hosted = byMx(exchanges.get());
        if (hosted.isPresent()) {
            return new FoundServer.Certain(hosted.get(), "mx");
        }
        var announced = bySrv(workspace, "_submissions._tcp." + domain, TlsMode.IMPLICIT);
        if (announced.isEmpty()) {
            announced = bySrv(workspace, "_submission._tcp." + domain, TlsMode.STARTTLS);
        }
        if (announced.isPresent()) {
            return isOwn(announced.get(), domain)
                    ? new FoundServer.Certain(announced.get(), "srv")
                    : new FoundServer.Likely(announced.get(), "srv");
        }
        return byAutoconfig(workspace, domain)
                .<FoundServer>map(server -> new FoundServer.Certain(server, "autoconfig"))
                .orElseGet(FoundServer.Nothing::new);
    }

    private boolean isOwn(SmtpServer server, String domain) {
        return server.host().equals(domain)
                || server.host().endsWith("." + domain)
                || providers.forHost(server.host()).isPresent();
    }

    private Optional<SmtpServer> byMx(List<String> exchanges) {
        return exchanges.stream()
                .map(MX::matcher)
                .filter(mx -> mx.matches())
                .map(mx -> providers.forExchange(mx.group(1)))
                .flatMap(Optional::stream)
                .map(KnownServer::server)
                .findFirst();
    }

    private record Announced(int priority, int weight, int port, String host) {}

    /**
     * The lowest priority, then the heaviest; the target "." says that there is none (RFC 2782).
     */
    private Optional<SmtpServer> bySrv(UUID workspace, String name, TlsMode tls)
            throws InterruptedException {
        return records.of(workspace, name, "SRV").orElse(List.of()).stream()
                .map(SRV::matcher)
                .filter(srv -> srv.matches())
                .map(srv ->
                        new Announced(
                                Integer.parseInt(srv.group(1)),
                                Integer.parseInt(srv.group(2)),
                                Integer.parseInt(srv.group(3)),
                                srv.group(4)))
                .sorted(
                        Comparator.comparingInt(Announced::priority)
                                .thenComparing(Announced::weight, Comparator.reverseOrder()))
                .filter(found -> found.port() >= 1 && found.port() <= 65_535)
                .flatMap(found ->
                        HostName.parse(found.host()).stream()
                                .map(host ->
                                        new SmtpServer(host, found.port(), tls, Optional.empty())))
                .findFirst();
    }

    /** By HTTPS only, so that what is said there is the domain's own word. */
    private Optional<SmtpServer> byAutoconfig(UUID workspace, String domain)
            throws InterruptedException {
        for (var address :
                List.of(
                        "https://autoconfig." + domain + "/mail/config-v1.1.xml",
                        "https://" + domain + "/.well-known/autoconfig/mail/config-v1.1.xml")) {
            var server =
                    document(workspace, URI.create(address)).flatMap(ParseAutoconfig::outgoing);
            if (server.isPresent()) {
                return server;
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> document(UUID workspace, URI url) throws InterruptedException {
        return switch (client.call(
                OutboundCall.get(workspace, url, OutboundCall.Reach.TLS_ONLY, SMALL),
                BodySink.OCTETS)) {
            case CallResult.Answered<byte[]> answer when answer.status() == 200 ->
                    Optional.of(answer.body());
            case CallResult.Answered<byte[]> _, CallResult.Failed<byte[]> _ -> Optional.empty();
        };
    }
}
