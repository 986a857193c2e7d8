package dev.postrider.testkit.provider.google.gmail;

import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which thread a message belongs to: that which the request names, if the subject is the same; a
 * new one otherwise.
 */
record FindThread(GoogleState google, Mailboxes mailboxes) {

    sealed interface Found {
        /** Empty for a new one. */
        Optional<String> id();

        record Known(Optional<String> id) implements Found {}

        /** The request names one that this user doesn't have. */
        record Foreign() implements Found {
            @Override
            public Optional<String> id() {
                return Optional.empty();
            }
        }
    }

    Found find(GoogleUser user, Optional<String> named, RawFields fields) {
        if (named.isEmpty()) {
            return new Found.Known(Optional.empty());
        }
        List<StoredMessage> thread = mailboxes.of(user).thread(named.get());
        if (thread.isEmpty() && google.on(GoogleSwitch.FOREIGN_THREAD_IS_404)) {
            return new Found.Foreign();
        }
        boolean belongs =
                thread.stream().anyMatch(message -> hasSameSubject(message.fields(), fields))
                        && (!google.on(GoogleSwitch.THREADS_NEED_REFERENCES)
                                || thread.stream()
                                        .anyMatch(message -> isReferenced(message, fields)));
        return new Found.Known(belongs ? named : Optional.empty());
    }

    private static boolean isReferenced(StoredMessage earlier, RawFields fields) {
        String references =
                fields.get("References").orElse("") + " " + fields.get("In-Reply-To").orElse("");
        return !earlier.messageId().isEmpty() && references.contains(earlier.messageId());
    }

    private static boolean hasSameSubject(RawFields one, RawFields other) {
        return subject(one).equals(subject(other));
    }

    /** Without prefixes of replies; encoded words are compared as they stand. */
    private static String subject(RawFields fields) {
        return fields.get("Subject")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^((re|fwd?|aw|wg):\\s*)+", "");
    }
}
