package dev.postrider.mime.header;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code Date} field says (RFC 5322 sections 3.3 and 4.3). */
public final class DateField {
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    /** Weekday, day, month, year, hours, minutes, seconds; obsolete zones have letters. */
    private static final Pattern DATE =
            Pattern.compile(
                    "(?:([a-z]{3}) ?, ?)?([0-9]{1,2}) ([a-z]{3}) ([0-9]{2,4})"
                            + " ([0-9]{2}) ?: ?([0-9]{2})(?: ?: ?([0-9]{2}))?"
                            + " (?:[+-][0-9]{2}[0-5][0-9]|[a-z]{1,4})");

    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private DateField() {}

    /** Whether an unfolded value is a date that there is, on its own weekday. */
    public static boolean isSound(String value) {
        String plain = BLANKS.matcher(COMMENT.matcher(value).replaceAll(" ")).replaceAll(" ");
        Matcher date = DATE.matcher(plain.strip().toLowerCase(Locale.ROOT));
        return date.matches() && isDay(date) && isTime(date);
    }

    private static boolean isDay(Matcher date) {
        int month = MONTHS.indexOf(date.group(3)) + 1;
        try {
            LocalDate day = LocalDate.of(year(date.group(4)), month, number(date.group(2)));
            String weekday = day.getDayOfWeek().name().substring(0, 3);
            return date.group(1) == null || weekday.equalsIgnoreCase(date.group(1));
        } catch (DateTimeException _) {
            return false;
        }
    }

    /** A second may be a leap second. */
    private static boolean isTime(Matcher date) {
        String seconds = date.group(7);
        return number(date.group(5)) < 24
                && number(date.group(6)) < 60
                && (seconds == null || number(seconds) <= 60);
    }

    /** Of two digits and of three as section 4.3 says. */
    private static int year(String digits) {
        int year = number(digits);
        return switch (digits.length()) {
            case 2 -> year < 50 ? 2000 + year : 1900 + year;
            case 3 -> 1900 + year;
            default -> year;
        };
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
