package dev.postrider.outbound.guard;

import dev.postrider.log.Journal;
import dev.postrider.outbound.lookup.NameLookup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides which addresses may be connected to on a user's word, so that nobody reaches the
 * operator's own network through Postrider (SSRF): public ones that aren't this machine's own, and
 * those that the operator lists. Safe for concurrent use.
 *
 * <p>A name is resolved once, and the caller connects to an address that comes back, never to the
 * name: between two look-ups its owner may point it elsewhere (DNS rebinding).
 */
@Singleton
public final class OutboundGuard {
    private static final Journal JOURNAL = Journal.of("smtp");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AllowedBlocks allowed;
    private final NameLookup lookup;
    private final Predicate<InetAddress> isOwn;

    @Inject
    public OutboundGuard(AllowedBlocks allowed) {
        this(allowed, NameLookup.bySystem(PATIENCE));
    }

    public OutboundGuard(AllowedBlocks allowed, NameLookup lookup) {
        this(allowed, lookup, OutboundGuard::isLocal);
    }

    public OutboundGuard(AllowedBlocks allowed, NameLookup lookup, Predicate<InetAddress> isOwn) {
        this.allowed = allowed;
        this.lookup = lookup;
        this.isOwn = isOwn;
    }

    /**
     * The addresses of a host that may be reached: public ones, and those that are listed.
     *
     * @param workspace on whose word, and so whose share of look-ups
     */
    public Resolution resolve(UUID workspace, String host) throws InterruptedException {
        return resolve(workspace, host, this::mayReach);
    }

    /** The addresses of a host that the operator lists; for what is too risky elsewhere. */
    public Resolution resolveListed(UUID workspace, String host) throws InterruptedException {
        return resolve(workspace, host, allowed::contain);
    }

    private boolean mayReach(InetAddress address) {
        return allowed.contain(address) || what(address).isEmpty();
    }

    private Resolution resolve(UUID workspace, String host, Predicate<InetAddress> passes)
            throws InterruptedException {
        List<InetAddress> all;
        try {
            all = lookup.addressesOf(workspace, host);
        } catch (UnknownHostException _) {
            return new Resolution.Unresolved(
                    host + " has no address at the moment: check its spelling.");
        }
        var passing = all.stream().filter(passes).toList();
        if (!passing.isEmpty()) {
            return new Resolution.Reachable(passing);
        }
        JOURNAL.warning("address refused", "host", host, "addresses", listed(all));
        return new Resolution.Refused(
                host
                        + " leads to "
                        + what(all)
                        + ", which is refused unless the operator lists it in POSTRIDER_OUTBOUND_ALLOW.");
    }

    private String what(List<InetAddress> addresses) {
        return addresses.stream()
                .map(this::what)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("a public address, but on a port that isn't usual");
    }

    /** What keeps an address from being reached; empty for one of others, and public. */
    private Optional<String> what(InetAddress address) {
        return SpecialBlock.named(address)
                .or(() ->
                        isOwn.test(WrappedAddress.inner(address))
                                ? Optional.of("an address of this machine")
                                : Optional.empty());
    }

    /** Whether one of this machine's interfaces has it now. */
    private static boolean isLocal(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String listed(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","));
    }
}
