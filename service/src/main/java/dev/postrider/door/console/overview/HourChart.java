package dev.postrider.door.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Numbers;
import dev.postrider.door.console.Visit;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of each hour's emails, as columns of a drawing.
 *
 * @param description the same in words, for those who don't see it
 * @param top what the highest line means
 */
public record HourChart(
        List<Column> columns,
        List<Label> labels,
        String top,
        String description,
        boolean isEmpty,
        boolean isComplete) {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 180;

    private static final int LEFT = 44;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;
    private static final int PLOT = HEIGHT - BOTTOM - TOP;
    private static final int LABEL_EVERY = 3;
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    public HourChart {
        columns = List.copyOf(columns);
        labels = List.copyOf(labels);
    }

    /** A bar of an hour. */
    public record Bar(String kind, int y, int height) {}

    /**
     * An hour.
     *
     * @param title its numbers in words
     */
    public record Column(int x, int width, List<Bar> bars, String title, String path) {
        public Column {
            bars = List.copyOf(bars);
        }
    }

    /** A time below the columns. */
    public record Label(int x, String text) {}

    private record Hour(Instant begin, long sent, long waiting, long failed) {
        static Hour of(JsonNode hour) {
            return new Hour(
                    Instant.parse(hour.path("hour").asText()),
                    hour.path("sent").asLong(),
                    hour.path("waiting").asLong(),
                    hour.path("refused").asLong()
                            + hour.path("failed").asLong()
                            + hour.path("unknown").asLong());
        }

        long all() {
            return sent + waiting + failed;
        }
    }

    static HourChart of(JsonNode counts, Visit visit) {
        var hours = new ArrayList<Hour>();
        counts.path("hours").forEach(each -> hours.add(Hour.of(each)));
        var highest = round(hours.stream().mapToLong(Hour::all).max().orElse(0));
        var columns = new ArrayList<Column>();
        var labels = new ArrayList<Label>();
        var step = hours.isEmpty() ? 0 : (WIDTH - LEFT) / hours.size();
        for (var i = 0; i < hours.size(); i++) {
            var x = LEFT + i * step;
            columns.add(column(hours.get(i), x, step - 3, highest, visit));
            if (i % LABEL_EVERY == 0) {
                labels.add(new Label(x, time(hours.get(i).begin(), visit)));
            }
        }
        return new HourChart(
                columns,
                labels,
                Numbers.of(highest),
                description(hours),
                hours.stream().allMatch(hour -> hour.all() == 0),
                counts.path("is_complete").asBoolean(true));
    }

    private static Column column(Hour hour, int x, int width, long highest, Visit visit) {
        var bars = new ArrayList<Bar>();
        var floor = TOP + PLOT;
        floor = stack(bars, "sent", hour.sent(), floor, highest);
        floor = stack(bars, "waiting", hour.waiting(), floor, highest);
        stack(bars, "failed", hour.failed(), floor, highest);
        var title =
                "%s: %s sent, %s waiting, %s failed"
                        .formatted(
                                time(hour.begin(), visit),
                                Numbers.of(hour.sent()),
                                Numbers.of(hour.waiting()),
                                Numbers.of(hour.failed()));
        var path =
                "/console/emails?created_after=%s&created_before=%s"
                        .formatted(hour.begin(), hour.begin().plusSeconds(3600));
        return new Column(x, width, bars, title, path);
    }

    /** However few there are, they are seen. */
    private static int stack(List<Bar> bars, String kind, long count, int floor, long highest) {
        if (count == 0) {
            return floor;
        }
        var height = Math.max(2, Math.toIntExact(count * PLOT / highest));
        bars.add(new Bar(kind, floor - height, height));
        return floor - height;
    }

    private static String time(Instant at, Visit visit) {
        return HOUR.format(at.atZone(visit.zone()));
    }

    /** The next of 5, 10, 20, 50, 100 and so on. */
    private static long round(long most) {
        var round = 5L;
        for (var i = 0; round < most; i++) {
            round = i % 3 == 1 ? round / 2 * 5 : round * 2;
        }
        return round;
    }

    private static String description(List<Hour> hours) {
        return "In the last %d hours %s emails were sent, %s wait, and %s failed."
                .formatted(
                        hours.size(),
                        Numbers.of(hours.stream().mapToLong(Hour::sent).sum()),
                        Numbers.of(hours.stream().mapToLong(Hour::waiting).sum()),
                        Numbers.of(hours.stream().mapToLong(Hour::failed).sum()));
    }

    public int middle() {
        return TOP + PLOT / 2;
    }

    public int ground() {
        return TOP + PLOT;
    }

    public int below() {
        return HEIGHT - 6;
    }
}
