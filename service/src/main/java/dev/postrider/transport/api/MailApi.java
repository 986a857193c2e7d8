package dev.postrider.transport.api;

import dev.postrider.credential.provider.AccessToken;
import dev.postrider.email.ProviderIds;
import dev.postrider.outbound.SessionRequest;
import dev.postrider.transport.api.message.ApiMessage;
import dev.postrider.transport.api.reply.ApiReply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A provider's API for mail: what is asked of it and what its answers hold. Keeps nothing. */
public interface MailApi {
    /** As the kind of transport is called, and the files of its limits and rules. */
    String name();

    /** As its users call it. */
    String title();

    /** Where its mailboxes send by SMTP. */
    String smtpHost(String address);

    /**
     * The request that hands a message over.
     *
     * @param user whose mailbox, as paths name it: {@code me}, or {@code users/ADDRESS}
     * @param conversation that it is to belong to
     * @param mayLeave asked before the last octets leave
     */
    Request handOver(
            ApiMessage message,
            String user,
            Optional<String> conversation,
            BooleanSupplier mayLeave);

    /** A request, but for the access token. */
    @FunctionalInterface
    interface Request {
        SessionRequest with(AccessToken token);
    }

    /** What a success says of the message; empty when it can't be the API's own answer. */
    Optional<Taken> taken(ApiReply reply);

    /**
     * The API has taken a message.
     *
     * @param words for people
     */
    record Taken(String words, Optional<ProviderIds> ids) {}

    /** How it takes what is too large for {@link #handOver}; empty when it doesn't. */
    default Optional<DraftApi> drafts() {
        return Optional.empty();
    }

    /** Whether a token may look for what was sent. */
    boolean mayLook(AccessToken token);

    /** Looks for emails among those that the mailbox has sent. */
    Found find(ApiCalls calls, String user, Search search);

    /**
     * What is looked for.
     *
     * @param since when the first of them may have been sent
     * @param known what is known of a page of messages already: none of them is sought
     */
    record Search(
            Set<Sought> sought, Instant since, Function<List<String>, Map<String, Instant>> known) {
        public Search {
            sought = Set.copyOf(sought);
        }

        public Set<UUID> ids() {
            return sought.stream().map(Sought::id).collect(Collectors.toSet());
        }
    }

    /** An email that may have been sent. */
    record Sought(UUID id, String messageId) {}

    /** Asks whose mailbox it is, when the token may. */
    Owner owner(ApiCalls calls, String user, AccessToken token);

    /** Whether a token may send. */
    boolean maySend(AccessToken token);

    /** Whether the API sends as another address than the mailbox's own. */
    Optional<Set<String>> aliases(ApiCalls calls, AccessToken token);

    /** Whose mailbox it is. */
    sealed interface Owner {
        record Address(String address) implements Owner {}

        /** The token isn't good for that question. */
        record NotAsked() implements Owner {}

        record Failed(ApiCalls.Call.NotAnswered why) implements Owner {}
    }

    /** What became of a look. */
    sealed interface Found {
        /** Those that were sent; the others aren't among what was sent, as far as it shows yet. */
        record Some(Map<UUID, ProviderIds> sent) implements Found {
            public Some {
                sent = Map.copyOf(sent);
            }
        }

        /**
         * Those that were found by a look that hasn't seen everything: of the others nobody can say
         * whether they were sent.
         *
         * @param why in a few words
         * @param isPassing whether another look may see more
         */
        record Partly(Map<UUID, ProviderIds> sent, String why, boolean isPassing) implements Found {
            public Partly {
                sent = Map.copyOf(sent);
            }
        }

        record Failed(ApiCalls.Call.NotAnswered why) implements Found {}
    }
}
