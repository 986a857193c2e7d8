package dev.postrider.flow.enqueue;

import dev.postrider.flow.store.enqueue.Begin;
import dev.postrider.flow.store.enqueue.IdempotentRequest;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.flow.store.enqueue.Standing;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Credit;
import dev.postrider.identity.login.TokenPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Emails that are kept together or not at all, once. Two are never equal, whatever they hold. */
public final class Submission {
    private final List<NewEmail> emails;
    private final Optional<IdempotentRequest> idempotent;
    private final Optional<Caller> caller;
    private final Optional<Begin> begin;

    /** Of nobody, or of a caller whose token was asked about. */
    public Submission(List<NewEmail> emails, Optional<IdempotentRequest> idempotent) {
        this(emails, idempotent, Optional.empty(), Optional.empty());
    }

    /**
     * @param caller who may be there on {@link dev.postrider.identity.Credit}
     */
    public Submission(
            Caller caller, List<NewEmail> emails, Optional<IdempotentRequest> idempotent) {
        this(emails, idempotent, Optional.of(caller), Optional.empty());
    }

    private Submission(
            List<NewEmail> emails,
            Optional<IdempotentRequest> idempotent,
            Optional<Caller> caller,
            Optional<Begin> begin) {
        this.emails = List.copyOf(emails);
        this.idempotent = idempotent;
        this.caller = caller;
        this.begin = begin;
    }

    /** The same, begun as it is kept. */
    Submission begunBy(Begin mark) {
        return new Submission(emails, idempotent, caller, Optional.of(mark));
    }

    /** What must hold of its caller, where that wasn't asked about. */
    Optional<Standing> standing() {
        return caller.flatMap(each -> each.credit().map(credit -> standing(each, credit)));
    }

    private static Standing standing(Caller caller, Credit credit) {
        var hash = credit.token().hash();
        var role = caller.role().code();
        return caller.key()
                .map(key -> Standing.ofKey(hash, role, key.permission().text(), key.mailboxId()))
                .orElseGet(() ->
                        Standing.ofSession(
                                hash, Instant.now().minus(TokenPair.ACCESS_LIFETIME), role));
    }

    /** It is kept, so its caller is who they were; with no email nobody has asked. */
    void standingHeld() {
        if (!emails.isEmpty()) {
            caller.flatMap(Caller::credit).ifPresent(Credit::asked);
        }
    }

    /**
     * Whether the one statement that inserts it keeps all of it or nothing, and needs no
     * transaction around it.
     */
    boolean isOneStatement() {
        return idempotent.isEmpty()
                && emails.stream().map(NewEmail::lane).distinct().count() == 1
                && emails.stream()
                        .allMatch(email ->
                                !email.message().isLarge()
                                        && email.tags().isEmpty()
                                        && email.delivery().dueAt().isEmpty());
    }

    Optional<Begin> begin() {
        return begin;
    }

    List<NewEmail> emails() {
        return emails;
    }

    Optional<IdempotentRequest> idempotent() {
        return idempotent;
    }
}
