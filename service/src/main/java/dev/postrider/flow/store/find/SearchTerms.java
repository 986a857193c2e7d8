package dev.postrider.flow.store.find;

import dev.postrider.email.EmailKey;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The terms of {@code email_search}, which one index has for all workspaces: each begins with a
 * mark of its workspace, so that what is usual in one costs another nothing, and a letter that says
 * what it is. Words are compared without case and accents.
 */
public final class SearchTerms {
    /** Of a subject's words; a subject is seldom longer. */
    private static final int MAX_WORDS = 64;

    /** Of a word's letters: what is longer is cut, on both sides. */
    private static final int MAX_WORD = 40;

    private static final long DAY = Duration.ofDays(1).toMillis();

    /** These write no spaces, so each letter is a word. */
    private static final Set<UnicodeScript> WITHOUT_SPACES =
            Set.of(
                    UnicodeScript.HAN,
                    UnicodeScript.HIRAGANA,
                    UnicodeScript.KATAKANA,
                    UnicodeScript.THAI,
                    UnicodeScript.LAO,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR);

    private SearchTerms() {}

    /**
     * All of a new email, with spaces between.
     *
     * @param from an address, perhaps with a name
     */
    public static String of(EmailKey email, String subject, String from, List<String> recipients) {
        var mark = mark(email.workspaceId());
        var terms = new LinkedHashSet<String>();
        terms.add(mark + "t" + dayOf(email.id()));
        terms.add(mark + "f" + address(addressIn(from)));
        words(subject).forEach(word -> terms.add(mark + "s" + word));
        for (var recipient : recipients) {
            var address = address(recipient);
            var at = address.lastIndexOf('@');
            terms.add(mark + "l" + address.substring(0, Math.max(at, 0)));
            terms.add(mark + "d" + address.substring(at + 1));
        }
        return String.join(" ", terms);
    }

    /** What a filter asks for beside what has an index of its own, as a {@code tsquery}. */
    static Optional<String> query(UUID workspace, EmailFilter filter) {
        var mark = mark(workspace);
        var all = new ArrayList<String>();
        filter.sender()
                .map(SearchTerms::address)
                .ifPresent(sender ->
                        all.add(
                                sender.contains("@")
                                        ? quoted(mark + "f" + sender)
                                        : quoted(mark + "f" + sender) + ":*"));
        filter.recipient()
                .filter(text -> !isWhole(text))
                .map(SearchTerms::address)
                .ifPresent(text -> all.add(recipient(mark, text)));
        var words = filter.subject().map(SearchTerms::words).orElse(List.of());
        for (var i = 0; i < words.size(); i++) {
            var term = quoted(mark + "s" + words.get(i));
            all.add(i == words.size() - 1 && mayBeBegun(words.get(i)) ? term + ":*" : term);
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(" & ", all));
    }

    /**
     * Every subject has a number of its own in many workspaces, of which millions begin alike, and
     * the index would look at each; who looks for a number knows all of it. Likewise with a letter.
     */
    private static boolean mayBeBegun(String word) {
        return word.codePoints().limit(2).count() == 2
                && !word.codePoints().allMatch(Character::isDigit);
    }

    /** A domain, or with what an address or a domain begins. */
    private static String recipient(String mark, String text) {
        return text.startsWith("@")
                ? quoted(mark + "d" + text.substring(1))
                : "(" + quoted(mark + "l" + text) + ":* | " + quoted(mark + "d" + text) + ":*)";
    }

    /** Whether it is an address, which an index has as a whole. */
    static boolean isWhole(String recipient) {
        return recipient.indexOf('@') > 0;
    }

    /** The same of one day. */
    static String onDay(String query, UUID workspace, long day) {
        return query + " & " + quoted(mark(workspace) + "t" + day);
    }

    /** Days since 1970, in UTC. */
    static long dayOf(UUID email) {
        return (email.getMostSignificantBits() >>> 16) / DAY;
    }

    static Instant beginOf(long day) {
        return Instant.ofEpochMilli(day * DAY);
    }

    /** Words in a row, without case and accents. */
    public static List<String> words(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var words = new LinkedHashSet<String>();
        var word = new StringBuilder();
        plain.codePoints()
                .takeWhile(_ -> words.size() < MAX_WORDS)
                .forEach(letter -> {
                    if (isMark(letter)) {
                        return;
                    }
                    if (!Character.isLetterOrDigit(letter)) {
                        end(word, words);
                    } else if (isAWord(letter)) {
                        end(word, words);
                        words.add(Character.toString(letter));
                    } else {
                        append(letter, word);
                    }
                });
        if (words.size() < MAX_WORDS) {
            end(word, words);
        }
        return List.copyOf(words);
    }

    private static boolean isMark(int letter) {
        return switch (Character.getType(letter)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    true;
            default -> false;
        };
    }

    private static boolean isAWord(int letter) {
        return letter > 0x0e00 && WITHOUT_SPACES.contains(UnicodeScript.of(letter));
    }

    private static void end(StringBuilder word, Set<String> words) {
        if (!word.isEmpty()) {
            words.add(
                    word.codePointCount(0, word.length()) > MAX_WORD
                            ? word.substring(0, word.offsetByCodePoints(0, MAX_WORD))
                            : word.toString());
            word.setLength(0);
        }
    }

    /** Letters that have no accent to take away. */
    private static void append(int letter, StringBuilder word) {
        switch (letter) {
            case 'ß' -> word.append("ss");
            case 'æ' -> word.append("ae");
            case 'œ' -> word.append("oe");
            case 'ø' -> word.append('o');
            case 'ł' -> word.append('l');
            case 'đ', 'ð' -> word.append('d');
            case 'þ' -> word.append("th");
            case 'ı' -> word.append('i');
            default -> word.appendCodePoint(letter);
        }
    }

    private static String addressIn(String from) {
        var begin = from.lastIndexOf('<');
        var end = from.indexOf('>', Math.max(begin, 0));
        return begin >= 0 && end > begin ? from.substring(begin + 1, end) : from;
    }

    private static String address(String text) {
        return text.strip()
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .map(letter -> Character.isWhitespace(letter) ? '_' : letter)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /**
     * 24 bits: two workspaces with the same are looked through for each other, and shown to
     * neither.
     */
    static String mark(UUID workspace) {
        var bits = (workspace.getLeastSignificantBits() & 0xff_ffffL) | 0x100_0000L;
        return Long.toString(bits, 36);
    }

    private static String quoted(String term) {
        return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
