package dev.postrider.flow.accept;

import dev.postrider.mime.address.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Why an email isn't taken, or isn't sent: a stable code and facts, in no language. */
public sealed interface Rejection {
    /** What programs tell rejections apart by, on every wire. */
    enum Code {
        INVALID_INPUT,
        MISSING_REQUIRED_FIELD,
        INVALID_ATTACHMENT,
        INVALID_FROM_ADDRESS,
        NO_MAILBOX,
        MAILBOX_NEEDS_ATTENTION,
        LIMIT_REACHED,
        INVALID_IDEMPOTENT_REQUEST,
        RECIPIENT_REFUSED,
        MESSAGE_REFUSED,
        MAIL_SERVER_BROKEN,
        UNAVAILABLE
    }

    Code code();

    /** Whether it is about one email of a request, not about the request as a whole. */
    default boolean isOfOneEmail() {
        return switch (this) {
            case Flawed _, NotYourAddress _, NoMailbox _, MailboxHeld _, MailboxRests _ -> true;
            case MailboxRemoved _, OtherRequest _, Busy _, Refused _, Failed _, Unheard _ -> false;
        };
    }

    /** Fields are wrong; at least one. */
    record Flawed(List<FieldViolation> flaws) implements Rejection {
        public Flawed {
            flaws = List.copyOf(flaws);
        }

        @Override
        public Code code() {
            var areMissing = flaws.stream().allMatch(FieldViolation::isMissing);
            return flaws.stream().allMatch(flaw -> flaw.field().startsWith("attachments"))
                    ? Code.INVALID_ATTACHMENT
                    : areMissing ? Code.MISSING_REQUIRED_FIELD : Code.INVALID_INPUT;
        }
    }

    /** The caller has no mailbox of this address. */
    record NotYourAddress(Address from) implements Rejection {
        @Override
        public Code code() {
            return Code.INVALID_FROM_ADDRESS;
        }
    }

    /** The mailbox was removed just now; nothing is kept. */
    record MailboxRemoved() implements Rejection {
        @Override
        public Code code() {
            return Code.INVALID_FROM_ADDRESS;
        }
    }

    /**
     * The caller names no sender, and has no mailbox.
     *
     * @param kind of transport that it would have to be; empty when any would do
     */
    record NoMailbox(Optional<String> kind) implements Rejection {
        public NoMailbox() {
            this(Optional.empty());
        }

        @Override
        public Code code() {
            return Code.NO_MAILBOX;
        }
    }

    /**
     * The mailbox can't send until its user mends it, and the email isn't kept.
     *
     * @param mailbox empty when it is known only that it was so when this was first asked
     */
    record MailboxHeld(Optional<Held> mailbox) implements Rejection {
        /**
         * @param why what its state says
         */
        public record Held(UUID id, String address, Optional<String> why) {}

        @Override
        public Code code() {
            return Code.MAILBOX_NEEDS_ATTENTION;
        }
    }

    /** A limit of the mailbox is reached; nothing is kept. */
    record MailboxRests(String address, Duration rest) implements Rejection {
        @Override
        public Code code() {
            return Code.LIMIT_REACHED;
        }
    }

    /** The idempotency key stands for another request. */
    record OtherRequest() implements Rejection {
        @Override
        public Code code() {
            return Code.INVALID_IDEMPOTENT_REQUEST;
        }
    }

    /** Too much is under way; nothing is kept. */
    record Busy(Scarce scarce) implements Rejection {
        /** What there is too little of. */
        public enum Scarce {
            DATABASE,
            SPOOL
        }

        @Override
        public Code code() {
            return Code.UNAVAILABLE;
        }
    }

    /**
     * The first attempt was refused for good; the email is kept, as refused.
     *
     * @param ofRecipients whether the recipients were, not the message
     * @param reason the server's words
     */
    record Refused(UUID id, boolean ofRecipients, String reason) implements Rejection {
        @Override
        public Code code() {
            return ofRecipients ? Code.RECIPIENT_REFUSED : Code.MESSAGE_REFUSED;
        }
    }

    /** The first attempt failed for good; the email is kept, as failed, and will not be sent. */
    record Failed(UUID id, String reason) implements Rejection {
        @Override
        public Code code() {
            return Code.MAIL_SERVER_BROKEN;
        }
    }

    /** The email was kept, and then the database went away: it may have been sent, or will be. */
    record Unheard(UUID id) implements Rejection {
        @Override
        public Code code() {
            return Code.UNAVAILABLE;
        }
    }
}
