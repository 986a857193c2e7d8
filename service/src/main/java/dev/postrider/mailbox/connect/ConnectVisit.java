package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Tier;
import dev.postrider.identity.workspace.ReturnUrl;
import dev.postrider.mailbox.Mailbox;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A browser at a link that it may go on with, and what is to be shown of it.
 *
 * @param reference what its pages name the link by: its token, or its id once the browser has begun
 * @param asker the workspace's name: who asks
 * @param externalId what an application calls the user
 * @param mailbox the one that is connected again
 * @param options what the page offers, never none
 * @param tier what is asked for: as much as the mailbox had before, at least
 * @param returnUrl only while the workspace allows it
 */
public record ConnectVisit(
        String reference,
        ConnectLink link,
        Browser browser,
        String asker,
        Optional<String> externalId,
        Optional<Mailbox> mailbox,
        List<ConnectOption> options,
        Tier tier,
        Optional<ReturnUrl> returnUrl) {
    public ConnectVisit {
        options = List.copyOf(options);
    }

    /** What the last try came to. */
    public Optional<ConnectFailure> failure() {
        return link.progress().failure().flatMap(ConnectFailure::of);
    }

    /**
     * The app whose consent an administrator has to give, while that is what the last try came to.
     */
    public Optional<ConnectOption.Consent> wantsAdmin() {
        return failure()
                .filter(ConnectFailure.ADMIN_CONSENT_REQUIRED::equals)
                .flatMap(_ -> link.progress().failedWith())
                .map(ConnectOption::of)
                .flatMap(option ->
                        option instanceof ConnectOption.Consent consent
                                ? Optional.of(consent)
                                : Optional.empty());
    }

    /** The only address that may be connected. */
    public Optional<String> address() {
        return mailbox.map(Mailbox::address).or(link::address);
    }

    /** The address of the mailbox that is connected again, or has been connected. */
    public String connectedAddress() {
        return mailbox.map(Mailbox::address).or(link::address).orElse("?");
    }

    /** Where the browser goes with a mailbox that is connected. */
    public Optional<URI> connected(UUID mailboxId) {
        return back("connected", "mailbox_id", mailboxId.toString());
    }

    /** Where the browser goes with a failure. */
    public Optional<URI> failed(ConnectFailure failure) {
        return back("failed", "error", failure.code());
    }

    private Optional<URI> back(String status, String name, String value) {
        var outcome = new LinkedHashMap<String, String>();
        outcome.put("status", status);
        outcome.put(name, value);
        link.state().ifPresent(state -> outcome.put("state", state));
        return returnUrl.map(url -> url.with(outcome));
    }

    /** What names the link may be its token. */
    @Override
    public String toString() {
        return "ConnectVisit[" + link.id() + "]";
    }
}
