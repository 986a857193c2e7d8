package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.audit.AuditLog;
import dev.postrider.audit.AuditOutcome;
import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Says who has come back from a provider's sign-in page: only to the browser that was sent there,
 * once, from the provider that it was sent to.
 */
@Singleton
public final class FinishSignIn {
    private static final Journal JOURNAL = Journal.of("http");
    private static final int MAX_CODE = 4_000;
    private static final int MAX_SAID = 200;

    private static final String BEGIN_AGAIN =
            "This sign-in was begun in another browser or more than ten minutes ago, or has ended"
                    + " already. Begin again.";

    private final Issuers issuers;
    private final ExternalUsers users;
    private final Database database;
    private final AuditLog audit;
    private final Vault vault;
    private final InstantSource clock;

    public FinishSignIn(
            Issuers issuers,
            ExternalUsers users,
            Database database,
            AuditLog audit,
            Vault vault,
            InstantSource clock) {
        this.issuers = issuers;
        this.users = users;
        this.database = database;
        this.audit = audit;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * Finishes.
     *
     * @param id the provider's, by the URL that it led back to
     * @param ticket what the browser has kept; empty for none
     * @param address where the request comes from
     */
    public SignInResult finish(String id, String ticket, SignInAnswer answer, String address) {
        var begun =
                SignInTicket.open(vault, ticket, clock.instant())
                        .filter(each -> each.issuerId().equals(id))
                        .filter(each -> isSame(each.state(), answer.state().orElse("")));
        var provider = issuers.signIn(id);
        if (begun.isEmpty() || provider.isEmpty() || !isFirst(begun.get())) {
            return new SignInResult.Refused(BEGIN_AGAIN);
        }
        try {
            return finish(provider.get(), begun.get(), answer, address);
        } catch (IOException e) {
            JOURNAL.warning(
                    "sign-in provider does not answer",
                    "issuer",
                    provider.get().issuer().name(),
                    "reason",
                    String.valueOf(e.getMessage()));
            return new SignInResult.NotNow(
                    provider.get().how().label()
                            + " does not answer just now: try again in a minute, or tell your operator.");
        }
    }

    private SignInResult finish(
            AuthorizationCode provider, SignInTicket begun, SignInAnswer answer, String address)
            throws IOException {
        var label = provider.how().label();
        if (!provider.isFrom(answer.iss())) {
            return new SignInResult.Refused(
                    "This answer comes from another provider than " + label + ". Begin again.");
        }
        if (answer.error().isPresent() || answer.code().isEmpty()) {
            return new SignInResult.Refused(
                    label + " did not sign you in" + said(answer) + ". Begin again.");
        }
        if (answer.code().get().length() > MAX_CODE) {
            return new SignInResult.Refused(BEGIN_AGAIN);
        }
        var redeemed =
                provider.redeem(
                        answer.code().get(), begun.verifier(), begun.redirect(), begun.nonce());
        return switch (redeemed) {
            case AuthorizationCode.Redeemed.Named(var subject) ->
                    admit(provider, subject, begun.next(), address);
            case AuthorizationCode.Redeemed.Refused(var why) -> {
                JOURNAL.warning("sign-in refused", "issuer", provider.issuer().name(), "why", why);
                yield new SignInResult.Refused(
                        "What "
                                + label
                                + " says of you can't be accepted, because "
                                + why
                                + ". Begin again.");
            }
            case AuthorizationCode.Redeemed.ClientRefused(var error) -> {
                JOURNAL.warning(
                        "sign-in provider refuses this program: its client id or secret is wrong",
                        "issuer",
                        provider.issuer().name(),
                        "error",
                        error);
                yield new SignInResult.NotNow(
                        label
                                + " refuses this program ("
                                + error
                                + "). Tell your operator, who has to set its client id and secret anew.");
            }
        };
    }

    private SignInResult admit(
            AuthorizationCode provider, Subject subject, String next, String address) {
        var label = provider.how().label();
        return switch (users.admit(subject)) {
            case ExternalUsers.Admitted.Known(var user) -> {
                audit(user, address, "session.opened", AuditOutcome.DONE);
                yield new SignInResult.Done(user, provider.how().id(), next);
            }
            case ExternalUsers.Admitted.Stranger _ ->
                    new SignInResult.Refused(
                            label
                                    + " has signed you in, but you are no user here. Ask an admin of your"
                                    + " workspace to invite you.");
            case ExternalUsers.Admitted.Elsewhere _ ->
                    new SignInResult.Refused(
                            label
                                    + " has signed you in to a workspace that you don't belong to here. Ask"
                                    + " its admin.");
            case ExternalUsers.Admitted.Deactivated(var user) -> {
                audit(user, address, "session.refused", AuditOutcome.REFUSED);
                yield new SignInResult.Refused(
                        "Your user is deactivated. Ask an admin of your workspace.");
            }
        };
    }

    private void audit(Caller user, String address, String action, AuditOutcome outcome) {
        audit.add(
                user.actor(address),
                action,
                new AuditLog.Subject("session", Optional.empty(), user.email()),
                outcome);
    }

    /** Of two who have the same answer, one is taken. */
    private boolean isFirst(SignInTicket begun) {
        var hash = new OpaqueToken(begun.state()).hash();
        return database.inTransaction(handle -> UsedSignIns.add(handle, hash, begun.expiresAt()));
    }

    /** In a time that says nothing of how much of it is right. */
    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private static String said(SignInAnswer answer) {
        var words =
                (answer.error().orElse("") + ": " + answer.description().orElse(""))
                        .replaceAll("[\\p{Cntrl}\\s]+", " ")
                        .replaceAll("[: ]+$", "");
        return words.isEmpty()
                ? ""
                : " (" + words.substring(0, Math.min(MAX_SAID, words.length())) + ")";
    }
}
