package dev.postrider.flow.accept;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When an email should leave, as people and programs write it: ISO 8601 ({@code
 * 2026-12-24T18:00:00Z}; a space may stand for the T, and without an offset it is UTC), {@code in
 * 90 minutes}, or {@code tomorrow at 9am}, {@code Friday at 3pm ET}.
 */
public final class ScheduledTime {
    /** Characters that are looked at. */
    public static final int MAX_LENGTH = 64;

    private static final Pattern FROM_NOW =
            Pattern.compile("in (an?|[0-9]{1,6}) (sec|second|min|minute|hr|hour|day|week)s?");

    private static final Pattern AT_TIME =
            Pattern.compile(
                    "(?:(?:on |next )?(today|tomorrow|[a-z]+day) )?(?:at )?"
                            + "(?:([0-9]{1,2})(?::([0-5][0-9]))? ?(am|pm)?|(noon|midnight))"
                            + "(?: ([a-z]+(?:/[a-z_]+)?))?");

    /** As people in one place call their own time, summer or winter. */
    private static final Map<String, String> ZONES =
            Map.ofEntries(
                    Map.entry("z", "UTC"),
                    Map.entry("utc", "UTC"),
                    Map.entry("gmt", "UTC"),
                    Map.entry("et", "America/New_York"),
                    Map.entry("est", "America/New_York"),
                    Map.entry("edt", "America/New_York"),
                    Map.entry("ct", "America/Chicago"),
                    Map.entry("cst", "America/Chicago"),
                    Map.entry("cdt", "America/Chicago"),
                    Map.entry("mt", "America/Denver"),
                    Map.entry("mst", "America/Denver"),
                    Map.entry("mdt", "America/Denver"),
                    Map.entry("pt", "America/Los_Angeles"),
                    Map.entry("pst", "America/Los_Angeles"),
                    Map.entry("pdt", "America/Los_Angeles"),
                    Map.entry("cet", "Europe/Berlin"),
                    Map.entry("cest", "Europe/Berlin"));

    /** Strict: the 30th of February is no day, rather than the 2nd of March. */
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendPattern("['T'][' ']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .appendPattern("[' ']")
                    .appendPattern("[XXX][XX][X]")
                    .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private ScheduledTime() {}

    /** Empty when it can't be understood, or is no time. */
    public static Optional<Instant> parse(String text, Instant now) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var asked = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        try {
            var fromNow = FROM_NOW.matcher(asked);
            if (fromNow.matches()) {
                return Optional.of(now.plus(duration(fromNow.group(1), fromNow.group(2))));
            }
            var atTime = AT_TIME.matcher(asked);
            return atTime.matches()
                    ? named(atTime, now)
                    : Optional.of(OffsetDateTime.parse(text.strip(), ISO).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Duration duration(String count, String unit) {
        var of =
                switch (unit) {
                    case "sec", "second" -> Duration.ofSeconds(1);
                    case "min", "minute" -> Duration.ofMinutes(1);
                    case "hr", "hour" -> Duration.ofHours(1);
                    case "day" -> Duration.ofDays(1);
                    case String _ -> Duration.ofDays(7);
                };
        return Character.isDigit(count.charAt(0)) ? of.multipliedBy(Long.parseLong(count)) : of;
    }

    private static Optional<Instant> named(Matcher words, Instant now) {
        var zone = zone(words.group(6));
        var time = time(words);
        if (zone.isEmpty() || time.isEmpty()) {
            return Optional.empty();
        }
        var today = LocalDate.ofInstant(now, zone.get());
        var day = words.group(1) == null ? "" : words.group(1);
        return switch (day) {
            case "today" -> Optional.of(at(today, time.get(), zone.get()));
            case "tomorrow" -> Optional.of(at(today.plusDays(1), time.get(), zone.get()));
            // the next time that the clock says so
            case "" -> Optional.of(next(today, 1, time.get(), zone.get(), now));
            case String name ->
                    weekday(name)
                            .map(weekday ->
                                    next(
                                            today.with(TemporalAdjusters.nextOrSame(weekday)),
                                            7,
                                            time.get(),
                                            zone.get(),
                                            now));
        };
    }

    private static Instant next(
            LocalDate first, int days, LocalTime time, ZoneId zone, Instant now) {
        var at = at(first, time, zone);
        return at.isAfter(now) ? at : at(first.plusDays(days), time, zone);
    }

    /** On the day on which clocks are put forward an hour of times isn't there. */
    private static Instant at(LocalDate day, LocalTime time, ZoneId zone) {
        var local = day.atTime(time);
        if (zone.getRules().getValidOffsets(local).isEmpty()) {
            throw new DateTimeException("no such time");
        }
        return local.atZone(zone).toInstant();
    }

    private static Optional<DayOfWeek> weekday(String name) {
        for (var day : DayOfWeek.values()) {
            if (day.name().equalsIgnoreCase(name)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    /** A number alone is no time: 9 may be any. */
    private static Optional<LocalTime> time(Matcher words) {
        if (words.group(5) != null) {
            return Optional.of(words.group(5).equals("noon") ? LocalTime.NOON : LocalTime.MIDNIGHT);
        }
        var hour = Integer.parseInt(words.group(2));
        var minute = words.group(3) == null ? 0 : Integer.parseInt(words.group(3));
        var half = words.group(4);
        if (half == null) {
            return words.group(3) == null || hour > 23
                    ? Optional.empty()
                    : Optional.of(LocalTime.of(hour, minute));
        }
        return hour < 1 || hour > 12
                ? Optional.empty()
                : Optional.of(LocalTime.of(hour % 12 + (half.equals("pm") ? 12 : 0), minute));
    }

    private static Optional<ZoneId> zone(@Nullable String name) {
        if (name == null) {
            return Optional.of(ZoneOffset.UTC);
        }
        if (ZONES.containsKey(name)) {
            return Optional.of(ZoneId.of(ZONES.get(name)));
        }
        return ZoneId.getAvailableZoneIds().stream()
                .filter(name::equalsIgnoreCase)
                .filter(id -> id.contains("/"))
                .findFirst()
                .map(ZoneId::of);
    }
}
