package dev.postrider.transport.api;

import dev.postrider.email.Outcome;
import dev.postrider.email.ProviderIds;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.outbound.OutboundSession;
import dev.postrider.transport.Objection;
import dev.postrider.transport.api.message.ApiMessage;
import dev.postrider.transport.api.message.MessageHead;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Drafts of a provider's mailboxes, for what is too large for one request: made and filled by calls
 * that may be made again, and sent by one of their own, which alone can send. Keeps nothing.
 */
public interface DraftApi {
    /** Whether a grant of these scopes is enough. */
    boolean mayDraft(Set<String> scopes);

    /** Which scope that takes, for people. */
    String scope();

    /** What of a message a draft would lose, so that it can't be sent so; empty for nothing. */
    Optional<Objection> loss(MessageHead head, ParsedMessage message);

    /** Makes a draft with all its files. */
    Made make(Work work);

    /**
     * What a draft is made with.
     *
     * @param uploads the servers to which files may be uploaded
     * @param session opens a session with one of them
     * @param holds whether the lease still stands
     */
    record Work(
            ApiCalls calls,
            String user,
            ApiMessage message,
            ParsedMessage parsed,
            Set<URI> uploads,
            Function<URI, OutboundSession> session,
            BooleanSupplier holds) {
        public Work {
            uploads = Set.copyOf(uploads);
        }
    }

    /** What became of a draft that was to be made. */
    sealed interface Made {
        /** The draft, whole. */
        record Whole(ProviderIds draft) implements Made {}

        /**
         * A call failed. The draft isn't whole.
         *
         * @param draft empty when there is none that is known
         */
        record Failed(Optional<String> draft, ApiCalls.Call.NotAnswered why) implements Made {}

        /**
         * It was given up for another reason.
         *
         * @param outcome one of those by which nothing was sent
         */
        record GivenUp(Optional<String> draft, Outcome outcome) implements Made {}
    }

    /** The request that sends a draft. */
    MailApi.Request send(String user, String draft, BooleanSupplier mayLeave);

    MailApi.Request delete(String user, String draft);

    /** Whether a draft is gone, by what became of the request that deletes it. */
    static boolean isRemoved(ApiCalls.Call deleted) {
        return switch (deleted) {
            case ApiCalls.Call.Success _ -> true;
            case ApiCalls.Call.Refused(var reply, _, _) -> reply.status() == 404;
            case ApiCalls.Call.NotAnswered _ -> false;
        };
    }

    /** Drafts of an email that earlier attempts have left, by its Message-ID. */
    Strays strays(ApiCalls calls, String user, String messageId);

    /** What there is of them. */
    sealed interface Strays {
        record Some(List<String> drafts) implements Strays {
            public Some {
                drafts = List.copyOf(drafts);
            }
        }

        record Failed(ApiCalls.Call.NotAnswered why) implements Strays {}
    }

    /** What has become of a draft that may have been sent. */
    Look look(ApiCalls calls, String user, String draft);

    /** What the mailbox says of it. */
    sealed interface Look {
        /** It was sent. */
        record Sent(ProviderIds ids) implements Look {}

        /** It is a draft: it wasn't sent, or its way out isn't over. */
        record StillDraft() implements Look {}

        /** It is no more. */
        record Gone() implements Look {}

        record Failed(ApiCalls.Call.NotAnswered why) implements Look {}
    }
}
