package dev.postrider.door.console.installation;

import dev.postrider.door.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param concerns what needs somebody, the worst first
 */
public record InstallationPage(
        String version,
        Moment readAt,
        List<Concern> concerns,
        List<Tile> tiles,
        List<Node> nodes,
        List<Key> keys,
        String database,
        String databaseSize,
        List<Table> tables,
        List<Fact> retention,
        List<App> apps,
        List<Fact> settings) {
    public InstallationPage {
        concerns = List.copyOf(concerns);
        tiles = List.copyOf(tiles);
        nodes = List.copyOf(nodes);
        keys = List.copyOf(keys);
        tables = List.copyOf(tables);
        retention = List.copyOf(retention);
        apps = List.copyOf(apps);
        settings = List.copyOf(settings);
    }

    /** What needs somebody, and what to do. */
    public record Concern(String title, String text) {}

    /** A figure. */
    public record Tile(String value, String name) {}

    /** A name and what is set. */
    public record Fact(String name, String value) {}

    /**
     * A node.
     *
     * @param isHere whether it has made this page
     */
    public record Node(
            String name, boolean isHere, String state, String tone, Moment seenAt, String lanes) {}

    /** A data key, never the key itself. */
    public record Key(
            String id,
            Moment createdAt,
            boolean isCurrent,
            String masterKeys,
            String credentials,
            String others) {}

    /**
     * A table of the database.
     *
     * @param share of the largest, up to 100
     */
    public record Table(String name, String rows, String size, int share) {}

    /** An app of the operator's at Google or Microsoft. */
    public record App(
            String name,
            String state,
            String tone,
            @Nullable String problem,
            String secretExpires) {}
}
