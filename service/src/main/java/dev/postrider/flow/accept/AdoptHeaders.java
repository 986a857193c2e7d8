package dev.postrider.flow.accept;

import dev.postrider.flow.compose.Conversation;
import dev.postrider.flow.compose.Recipients;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.header.DecodeWords;
import dev.postrider.mime.header.HeaderField;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes from a request's headers those that have a field of their own: frameworks make whole
 * messages and hand over what is left of them. One rule for all: such a header sets the field, or
 * says the same as it; what contradicts it is refused (docs/decisions/0055).
 */
final class AdoptHeaders {
    private static final int MAX_DATE = 100;
    private static final Pattern FOLD = Pattern.compile("\r?\n[ \t]");

    /** What has a field, or is the mailbox's: empty it says nothing. */
    private static final Set<String> OWN =
            Set.of(
                    "reply-to",
                    "message-id",
                    "in-reply-to",
                    "references",
                    "date",
                    "sender",
                    "return-path",
                    "from",
                    "to",
                    "cc",
                    "bcc",
                    "subject");

    /** What may stand once (RFC 5322 section 3.6), and is a list with something between. */
    private static final Map<String, String> ONCE =
            Map.of("references", " ", "in-reply-to", " ", "reply-to", ", ", "to", ", ", "cc", ", ");

    private final EmailRequest request;
    private final Address from;
    private final Mailbox mailbox;
    private final List<HeaderField> others = new ArrayList<>();
    private final List<FieldViolation> flaws = new ArrayList<>();
    private List<Address> replyTo;
    private Optional<String> messageId;
    private Optional<String> inReplyTo;
    private List<String> references;
    private Optional<ZonedDateTime> date = Optional.empty();

    private AdoptHeaders(EmailRequest request, Address from, Mailbox mailbox) {
        this.request = request;
        this.from = from;
        this.mailbox = mailbox;
        this.replyTo = request.recipients().replyTo();
        this.messageId = request.conversation().messageId();
        this.inReplyTo = request.conversation().inReplyTo();
        this.references = request.conversation().references();
    }

    /**
     * What is left.
     *
     * @param date what its Date header says
     * @param flaws headers that contradict fields
     */
    record Adopted(
            EmailRequest request, Optional<ZonedDateTime> date, List<FieldViolation> flaws) {}

    static Adopted in(EmailRequest request, Address from, Mailbox mailbox) {
        if (request.body().headers().isEmpty()) {
            return new Adopted(request, Optional.empty(), List.of());
        }
        var adopt = new AdoptHeaders(request, from, mailbox);
        joined(request.body().headers()).forEach(adopt::adopt);
        return adopt.adopted();
    }

    /**
     * Unfolded (RFC 5322 section 2.2.3), what may stand once in one, {@code reply_to} by its name.
     */
    private static List<HeaderField> joined(List<HeaderField> headers) {
        var all = new ArrayList<HeaderField>();
        var places = new HashMap<String, Integer>();
        for (var header : headers) {
            var name = header.name().toLowerCase(Locale.ROOT).replace('_', '-');
            var value = FOLD.matcher(header.value()).replaceAll(" ");
            if (OWN.contains(name) && value.isBlank()) {
                continue;
            }
            var separator = ONCE.get(name);
            var place = separator == null ? null : places.putIfAbsent(name, all.size());
            if (place == null) {
                all.add(
                        new HeaderField(
                                OWN.contains(name)
                                        ? header.name().replace('_', '-')
                                        : header.name(),
                                value));
            } else {
                var before = all.get(place);
                all.set(place, new HeaderField(before.name(), before.value() + separator + value));
            }
        }
        return all;
    }

    private Adopted adopted() {
        var recipients = request.recipients();
        return new Adopted(
                new EmailRequest(
                        request.from(),
                        new Recipients(recipients.to(), recipients.cc(), recipients.bcc(), replyTo),
                        request.body().with(others),
                        new Conversation(messageId, inReplyTo, references),
                        request.attachments(),
                        request.delivery()),
                date,
                flaws);
    }

    private void adopt(HeaderField header) {
        var field = "headers[" + header.name() + "]";
        var value = header.value().strip();
        switch (header.name().toLowerCase(Locale.ROOT)) {
            case "reply-to" -> adoptReplyTo(header, field, value);
            case "message-id" ->
                    messageId = same(messageId, value, AdoptHeaders::id, field, "message_id");
            case "in-reply-to" ->
                    inReplyTo = same(inReplyTo, value, AdoptHeaders::id, field, "in_reply_to");
            case "references" -> adoptReferences(field, value);
            case "date" -> adoptDate(header, value);
            case "sender", "return-path" -> requireOwn(field, value);
            case "from" -> requireSame(header, List.of(from));
            case "to" -> requireSame(header, request.recipients().to());
            case "cc" -> requireSame(header, request.recipients().cc());
            case "subject" ->
                    drop(
                            header,
                            DecodeWords.soundIn(value).equals(request.body().subject().strip()));
            case "mime-version" -> drop(header, value.equals("1.0"));
            // left over from a message that is composed anew here
            case "content-transfer-encoding" -> drop(header, true);
            case String _ -> others.add(header);
        }
    }

    /** The composer says why it can't be taken, when it isn't dropped. */
    private void drop(HeaderField header, boolean saysTheSame) {
        if (!saysTheSame) {
            others.add(header);
        }
    }

    private void requireSame(HeaderField header, List<Address> field) {
        drop(header, addrSpecs(addresses(header.value())).equals(addrSpecs(field)));
    }

    private Optional<String> same(
            Optional<String> known,
            String value,
            Function<String, String> plain,
            String field,
            String other) {
        if (known.isPresent() && !plain.apply(known.get()).equals(plain.apply(value))) {
            flaws.add(new FieldViolation.Contradiction(field, other));
        }
        return known.isPresent() ? known : Optional.of(value);
    }

    private static String id(String text) {
        return text.replaceAll("[<>\\s]", "");
    }

    private void adoptReferences(String field, String value) {
        if (references.isEmpty()) {
            references = List.of(value);
        } else if (!id(String.join("", references)).equals(id(value))) {
            flaws.add(new FieldViolation.Contradiction(field, "references"));
        }
    }

    /** Symfony's field has but the first of those in the header. */
    private void adoptReplyTo(HeaderField header, String field, String value) {
        var named = addresses(value);
        if (named.isEmpty()) {
            others.add(header);
        } else if (replyTo.isEmpty()) {
            replyTo = named;
        } else if (addrSpecs(named).containsAll(addrSpecs(replyTo))) {
            replyTo = named;
        } else {
            flaws.add(new FieldViolation.Contradiction(field, "reply_to"));
        }
    }

    /** A scheduled email is dated when it leaves. */
    private void adoptDate(HeaderField header, String value) {
        if (value.length() > MAX_DATE) {
            others.add(header);
            return;
        }
        try {
            var text = value.replaceFirst("\\s*\\([^()]*\\)$", "");
            date =
                    Optional.of(
                            ZonedDateTime.parse(
                                    text,
                                    text.startsWith("-", 4)
                                            ? DateTimeFormatter.ISO_OFFSET_DATE_TIME
                                            : DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException _) {
            others.add(header);
        }
    }

    /** Who sends it is the mailbox, whatever the message says. */
    private void requireOwn(String field, String value) {
        var named = addrSpecs(addresses(value.equals("<>") ? "" : value));
        var own =
                Stream.of(from.addrSpec(), mailbox.address())
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .toList();
        if (named.size() != 1 || !own.contains(named.getFirst())) {
            flaws.add(new FieldViolation.ForeignSender(field, mailbox.address()));
        }
    }

    private static List<String> addrSpecs(List<Address> addresses) {
        return addresses.stream()
                .map(address -> address.addrSpec().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Empty when one of them is none. */
    private static List<Address> addresses(String value) {
        var parsed = Address.parseList(value, EmailLimits.RECIPIENTS);
        var found =
                parsed.stream().filter(Address.class::isInstance).map(Address.class::cast).toList();
        return found.size() == parsed.size() && found.size() <= EmailLimits.RECIPIENTS
                ? found
                : List.of();
    }
}
