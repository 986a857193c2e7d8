package dev.postrider.door.console.overview;

import dev.postrider.door.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param trouble what needs somebody, the worst first
 * @param hasMore trouble than is shown
 * @param stepsLeft of the first ones; 0 when all are done
 */
public record OverviewPage(
        List<Trouble> trouble,
        boolean hasMore,
        int stepsLeft,
        List<Figure> figures,
        HourChart chart,
        List<Node> nodes) {
    public OverviewPage {
        trouble = List.copyOf(trouble);
        figures = List.copyOf(figures);
        nodes = List.copyOf(nodes);
    }

    /**
     * Something that needs somebody.
     *
     * @param tone bad: mail doesn't move; warn: it may soon
     * @param label what kind of thing it is
     * @param path of the page where it is helped
     */
    public record Trouble(
            String tone,
            String label,
            String name,
            String text,
            @Nullable Moment since,
            String path) {}

    /** A number, and the list that it counts. */
    public record Figure(String name, String value, String path) {}

    /** A program of this installation. */
    public record Node(String name, Moment seen, boolean lives, String lanes) {}
}
