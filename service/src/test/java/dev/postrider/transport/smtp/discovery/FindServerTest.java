package dev.postrider.transport.smtp.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.OutboundClient;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.lookup.DomainRecords;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FindServerTest {
    private static final UUID WORKSPACE = UUID.randomUUID();
    private static final FoundServer NOTHING = new FoundServer.Nothing();

    @Test
    void aKnownProviderIsAskedForNothing() throws InterruptedException {
        DomainRecords none =
                (_, _, _) -> {
                    throw new AssertionError("asked");
                };
        assertThat(find(none).of(WORKSPACE, "gmail.com"))
                .isEqualTo(certain("smtp.gmail.com", 587, TlsMode.STARTTLS, "provider"));
    }

    @ParameterizedTest
    @CsvSource({
        "1 aspmx.l.google.com.,                                smtp.gmail.com",
        "0 example-org.mail.protection.outlook.com.,           smtp.office365.com",
        "10 in1-smtp.messagingengine.com.,                     smtp.fastmail.com",
    })
    void whereItsMailGoesToTellsTheProvider(String mx, String host) throws InterruptedException {
        var finding = find(Map.of("MX example.org", List.of(mx))).of(WORKSPACE, "example.org");
        assertThat(finding).isInstanceOf(FoundServer.Certain.class);
        assertThat(((FoundServer.Certain) finding).server().host()).isEqualTo(host);
    }

    @Test
    void implicitTlsIsPreferredAndTheLowestPriorityWins() throws InterruptedException {
        var records =
                Map.of(
                        "SRV _submissions._tcp.example.org",
                        List.of(
                                "20 0 465 backup.example.org.",
                                "10 1 465 light.example.org.",
                                "10 5 465 heavy.example.org."),
                        "SRV _submission._tcp.example.org",
                        List.of("0 0 587 plain.example.org."));
        assertThat(find(records).of(WORKSPACE, "example.org"))
                .isEqualTo(certain("heavy.example.org", 465, TlsMode.IMPLICIT, "srv"));
    }

    @Test
    void withoutImplicitTlsItIsStarttls() throws InterruptedException {
        var records =
                Map.of(
                        "SRV _submissions._tcp.example.org",
                        List.of("0 0 0 ."),
                        "SRV _submission._tcp.example.org",
                        List.of("0 0 587 mail.example.org."));
        assertThat(find(records).of(WORKSPACE, "example.org"))
                .isEqualTo(certain("mail.example.org", 587, TlsMode.STARTTLS, "srv"));
    }

    /** RFC 6186, 6: whoever forges the answer would be given the password. */
    @Test
    void aServerOfAnotherDomainIsNotCertain() throws InterruptedException {
        var records =
                Map.of("SRV _submissions._tcp.example.org", List.of("0 0 465 mail.evil.example."));
        assertThat(find(records).of(WORKSPACE, "example.org"))
                .isEqualTo(
                        new FoundServer.Likely(
                                server("mail.evil.example", 465, TlsMode.IMPLICIT), "srv"));
        var lookalike =
                Map.of("SRV _submissions._tcp.example.org", List.of("0 0 465 notexample.org."));
        assertThat(find(lookalike).of(WORKSPACE, "example.org"))
                .isInstanceOf(FoundServer.Likely.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"rubbish", "0 0 99999 mail.example.org.", "0 0 465 in valid", "''"})
    void whatIsNoRecordIsPassedOver(String srv) throws InterruptedException {
        var records = Map.of("SRV _submissions._tcp.example.org", List.of(srv));
        assertThat(find(records).of(WORKSPACE, "example.org")).isEqualTo(NOTHING);
    }

    @Test
    void withoutNameServersNothingIsFound() throws InterruptedException {
        assertThat(find((_, _, _) -> Optional.empty()).of(WORKSPACE, "example.org"))
                .isEqualTo(NOTHING);
    }

    private static FindServer find(Map<String, List<String>> records) {
        return find(
                (_, name, type) -> Optional.of(records.getOrDefault(type + " " + name, List.of())));
    }

    /** Where no document can be fetched: OutboundClientTest fetches some. */
    private static FindServer find(DomainRecords records) {
        var guard =
                new OutboundGuard(
                        AllowedBlocks.NONE,
                        (_, host) -> {
                            throw new java.net.UnknownHostException(host);
                        });
        return new FindServer(new KnownProviders(), records, new OutboundClient(guard));
    }

    private static SmtpServer server(String host, int port, TlsMode tls) {
        return new SmtpServer(host, port, tls, Optional.empty());
    }

    private static FoundServer certain(String host, int port, TlsMode tls, String source) {
        return new FoundServer.Certain(server(host, port, tls), source);
    }
}
