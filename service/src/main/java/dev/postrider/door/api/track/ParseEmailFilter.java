package dev.postrider.door.api.track;

import dev.postrider.email.EmailState;
import dev.postrider.flow.store.find.EmailFilter;
import dev.postrider.flow.store.find.SearchTerms;
import dev.postrider.http.Id;
import dev.postrider.http.IsoTime;
import dev.postrider.http.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which emails a request wants to see. */
public final class ParseEmailFilter {
    private static final int MAX_ADDRESS = 320;
    private static final int MAX_SUBJECT = 1_000;
    private static final int MAX_TAGS = 10;

    /** With less, too much begins. */
    private static final int MIN_ADDRESS = 2;

    private final List<Problem.FieldError> errors = new ArrayList<>();

    /** What is wrong so far. */
    public List<Problem.FieldError> errors() {
        return errors;
    }

    public EmailFilter read(FilterTexts texts) {
        return new EmailFilter(
                mailbox(texts.mailbox),
                texts.state == null ? List.of() : states(texts.state),
                recipient(texts.recipient),
                sender(texts.sender),
                subject(texts.subject),
                tags(texts.tags),
                time("created_after", texts.createdAfter),
                time("created_before", texts.createdBefore));
    }

    private Optional<UUID> mailbox(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        var id = Id.parse(text);
        if (id.isEmpty()) {
            error("mailbox_id", "must be the id of a mailbox");
        }
        return id;
    }

    private List<EmailState> states(String text) {
        var states = new ArrayList<EmailState>();
        for (var name : text.split(",", -1)) {
            var state =
                    Stream.of(EmailState.values())
                            .filter(each -> each.text().equals(name.strip()))
                            .findFirst();
            if (state.isEmpty()) {
                error(
                        "state",
                        "must be of "
                                + String.join(
                                        ", ",
                                        Stream.of(EmailState.values())
                                                .map(EmailState::text)
                                                .toList()));
                return List.of();
            }
            states.add(state.get());
        }
        return states;
    }

    private Optional<String> recipient(@Nullable String text) {
        return address(
                "recipient",
                text,
                "must be an address, a domain as @example.org, or at least %d letters with which one begins");
    }

    private Optional<String> sender(@Nullable String text) {
        return address(
                "sender", text, "must be an address, or at least %d letters with which it begins");
    }

    private Optional<String> address(String name, @Nullable String text, String error) {
        if (text == null) {
            return Optional.empty();
        }
        var address = text.strip();
        if (address.length() < MIN_ADDRESS
                || address.length() > MAX_ADDRESS
                || address.contains("\0")) {
            error(name, error.formatted(MIN_ADDRESS));
            return Optional.empty();
        }
        return Optional.of(address);
    }

    private Optional<String> subject(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() > MAX_SUBJECT
                || text.contains("\0")
                || SearchTerms.words(text).isEmpty()) {
            error("subject", "must have a word, and at most " + MAX_SUBJECT + " characters");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private Map<String, String> tags(List<String> texts) {
        var tags = new LinkedHashMap<String, String>();
        for (var text : texts) {
            var colon = text.indexOf(':');
            if (colon < 1 || text.contains("\0") || tags.size() == MAX_TAGS) {
                error("tag", "must be up to " + MAX_TAGS + " times name:value");
                return Map.of();
            }
            tags.put(text.substring(0, colon), text.substring(colon + 1));
        }
        return tags;
    }

    private Optional<Instant> time(String name, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        var time = IsoTime.parse(text);
        if (time.isEmpty()) {
            error(name, IsoTime.ERROR);
        }
        return time;
    }

    private void error(String field, String message) {
        errors.add(new Problem.FieldError(field, message));
    }
}
