package dev.postrider.mailbox;

import java.util.Optional;

/** Whether a mailbox sends. Its mail is kept whatever the state. */
public sealed interface MailboxState {

    /** It sends. */
    record Active() implements MailboxState {}

    /** It waits for its user, whose login was refused. */
    record Held(HoldReason reason) implements MailboxState {}

    /**
     * It waits because somebody wants it to.
     *
     * @param reason who, for people
     */
    record Paused(String reason) implements MailboxState {}

    /** As it stands in answers and in the database. */
    default String text() {
        return switch (this) {
            case Active _ -> "active";
            case Held _ -> "held";
            case Paused _ -> "paused";
        };
    }

    /** Why it doesn't send. */
    default Optional<String> why() {
        return switch (this) {
            case Active _ -> Optional.empty();
            case Held(var reason) -> Optional.of(reason.text());
            case Paused(var reason) -> Optional.of(reason);
        };
    }

    /** The same for programs; only of one that is held. */
    default Optional<String> code() {
        return switch (this) {
            case Active _, Paused _ -> Optional.empty();
            case Held(var reason) -> Optional.of(reason.code());
        };
    }
}
