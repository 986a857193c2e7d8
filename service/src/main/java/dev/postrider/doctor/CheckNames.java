package dev.postrider.doctor;

import dev.postrider.outbound.lookup.DomainRecords;
import dev.postrider.outbound.lookup.NameLookup;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * Whether names are resolved, as sending and finding a mailbox's server need it.
 *
 * @param host whose address is asked for
 * @param domain whose mail servers (MX) are asked for
 */
public record CheckNames(String host, String domain, NameLookup addresses, DomainRecords records)
        implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final UUID NOBODY = new UUID(0, 0);

    public CheckNames(String host, String domain) {
        this(host, domain, NameLookup.bySystem(PATIENCE), DomainRecords.bySystem(PATIENCE));
    }

    @Override
    public String about() {
        return "Names (DNS)";
    }

    @Override
    public List<Finding> look() throws InterruptedException, ExecutionException {
        var found = AtOnce.<Finding>look(Examine.OF_A_CHECK, List.of(this::address, this::servers));
        return List.of(
                found.getFirst().orElseGet(this::noAddress), found.getLast().orElseGet(this::noMx));
    }

    private Finding address() throws InterruptedException {
        var begun = System.nanoTime();
        try {
            var all = addresses.addressesOf(NOBODY, host);
            return timed(
                    "dns-address",
                    host + " has " + all.size() + (all.size() == 1 ? " address" : " addresses"),
                    begun);
        } catch (UnknownHostException _) {
            return noAddress();
        }
    }

    private Finding noAddress() {
        return Finding.problem(
                "dns-address-none",
                "No address of " + host + " is found.",
                "No mail server is reached.",
                "See /etc/resolv.conf, and whether its name servers are reached (UDP and TCP"
                        + " port 53).");
    }

    private Finding servers() throws InterruptedException {
        var begun = System.nanoTime();
        var all = records.of(NOBODY, domain, "MX").filter(texts -> !texts.isEmpty());
        return all.isPresent()
                ? timed("dns-mx", "The mail servers of " + domain + " are found", begun)
                : noMx();
    }

    private Finding noMx() {
        return Finding.warning(
                "dns-mx-none",
                "The mail servers (MX) of " + domain + " aren't found.",
                "The server of a mailbox that is connected by its address alone is looked for so.",
                "See whether the name servers of /etc/resolv.conf answer for other records than"
                        + " addresses.");
    }

    private static Finding timed(String id, String text, long begun) {
        var took = Duration.ofNanos(System.nanoTime() - begun);
        var said = text + " (" + took.toMillis() + " ms).";
        return took.compareTo(SLOW) > 0
                ? Finding.warning(
                        id + "-slow",
                        said,
                        "Each new connection to a mail server waits for that.",
                        "A name server of /etc/resolv.conf may be dead: take it out, or run a local"
                                + " resolver.")
                : Finding.ok(id, said);
    }
}
