package dev.postrider.door.console.installation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Numbers;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.installation.InstallationPage.Concern;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Makes the page out of what the API says. */
record ReadInstallationPage(Visit visit, JsonNode seen) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    /** Nodes say every few seconds that they live. */
    private static final Duration AWAY = Duration.ofMinutes(1);

    private static final int WARNED_DAYS = 30;

    static ReadInstallationPage of(Visit visit) {
        return new ReadInstallationPage(visit, visit.api().read("/installation"));
    }

    InstallationPage page() {
        var lanes = seen.path("lanes");
        var database = seen.path("database");
        var alive = nodes().filter(each -> !isAway(each)).count();
        return new InstallationPage(
                seen.path("version").asText(),
                visit.time(seen.path("read_at").asText()),
                concerns(),
                List.of(
                        new InstallationPage.Tile(Numbers.of(alive), alive == 1 ? "node" : "nodes"),
                        new InstallationPage.Tile(
                                Figures.counted(lanes.path("waiting").asLong()),
                                "mailboxes with mail to send"),
                        new InstallationPage.Tile(
                                Figures.counted(lanes.path("due").asLong()), "of them due now"),
                        new InstallationPage.Tile(
                                Figures.counted(lanes.path("unserved").asLong()),
                                "that no node serves")),
                nodes().map(this::node).toList(),
                all("keys").map(this::key).toList(),
                "PostgreSQL "
                        + database.path("version").asText()
                        + (database.path("kind").asText().equals("embedded")
                                ? ", run by Postrider itself"
                                : ", your own"),
                Numbers.octets(database.path("octets").asLong()),
                tables(database.path("tables")),
                retention(seen.path("retention")),
                all("provider_apps").map(this::app).toList(),
                settings());
    }

    private Stream<JsonNode> all(String name) {
        return StreamSupport.stream(seen.path(name).spliterator(), false);
    }

    private Stream<JsonNode> nodes() {
        return all("nodes");
    }

    private boolean isAway(JsonNode node) {
        return Instant.parse(node.path("seen_at").asText())
                .isBefore(Instant.parse(seen.path("read_at").asText()).minus(AWAY));
    }

    private List<Concern> concerns() {
        var concerns = new ArrayList<Concern>();
        var unserved = seen.path("lanes").path("unserved").asLong();
        if (unserved > 0) {
            concerns.add(
                    new Concern(
                            Figures.counted(unserved)
                                    + (unserved == 1 ? " mailbox is" : " mailboxes are")
                                    + " not served",
                            "Their mail is due since "
                                    + visit.time(seen.path("lanes").path("unserved_since").asText())
                                            .text()
                                    + ". Nodes are missing, or have no room: start another, or look"
                                    + " at the logs of those below."));
        }
        all("provider_apps")
                .filter(app -> app.has("failing_since"))
                .forEach(app ->
                        concerns.add(
                                new Concern(
                                        label(app) + " is refused",
                                        app.path("problem").asText()
                                                + " Its mailboxes wait until that is mended.")));
        all("provider_apps")
                .filter(this::endsSoon)
                .forEach(app ->
                        concerns.add(
                                new Concern(
                                        "The secret of " + label(app) + " ends soon",
                                        "It ends on "
                                                + day(app)
                                                + ". Make another at the provider and put it into the"
                                                + " settings before.")));
        nodes().filter(this::isAway)
                .forEach(node ->
                        concerns.add(
                                new Concern(
                                        node.path("name").asText() + " is gone",
                                        "It was seen at "
                                                + visit.time(node.path("seen_at").asText()).text()
                                                + " for the last time. The others have taken its"
                                                + " mailboxes; it is forgotten after a day.")));
        if (publicUrl().isEmpty()) {
            concerns.add(
                    new Concern(
                            "The public URL isn't set",
                            "Links for connecting mailboxes need it: say under First steps, or in"
                                    + " POSTRIDER_PUBLIC_URL, which address browsers use."));
        }
        return concerns;
    }

    private Optional<String> publicUrl() {
        var said = seen.path("public_url");
        return Optional.ofNullable((said.isObject() ? said.path("url") : said).asText(null));
    }

    private InstallationPage.Node node(JsonNode node) {
        var isAway = isAway(node);
        return new InstallationPage.Node(
                node.path("name").asText(),
                node.path("name").equals(seen.path("node")),
                isAway ? "Gone" : "Well",
                isAway ? "bad" : "good",
                visit.time(node.path("seen_at").asText()),
                Figures.counted(node.path("lanes").asLong()));
    }

    private InstallationPage.Key key(JsonNode key) {
        return new InstallationPage.Key(
                key.path("id").asText(),
                visit.time(key.path("created_at").asText()),
                key.path("current").asBoolean(),
                StreamSupport.stream(key.path("master_keys").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")),
                Figures.counted(key.path("credentials").asLong()),
                Figures.counted(key.path("others").asLong()));
    }

    private static List<InstallationPage.Table> tables(JsonNode tables) {
        var largest = Math.max(1, tables.path(0).path("octets").asLong());
        return StreamSupport.stream(tables.spliterator(), false)
                .map(each ->
                        new InstallationPage.Table(
                                each.path("name").asText(),
                                each.has("rows")
                                        ? Numbers.of(each.path("rows").asLong())
                                        : "not known yet",
                                Numbers.octets(each.path("octets").asLong()),
                                (int) (100 * each.path("octets").asLong() / largest)))
                .toList();
    }

    private static List<InstallationPage.Fact> retention(JsonNode keep) {
        return List.of(
                new InstallationPage.Fact(
                        "Messages", Figures.duration(keep.path("content_seconds").asLong())),
                new InstallationPage.Fact(
                        "History of emails",
                        Figures.duration(keep.path("history_seconds").asLong())),
                new InstallationPage.Fact(
                        "Audit log", Figures.duration(keep.path("audit_seconds").asLong())));
    }

    private InstallationPage.App app(JsonNode app) {
        var isFailing = app.has("failing_since");
        return new InstallationPage.App(
                label(app),
                isFailing
                        ? "Refused since " + visit.time(app.path("failing_since").asText()).text()
                        : "Well",
                isFailing ? "bad" : "good",
                app.path("problem").asText(null),
                app.has("secret_expires") ? day(app) : "not known");
    }

    private static String label(JsonNode app) {
        var provider = app.path("provider").asText().equals("google") ? "Google" : "Microsoft";
        var name = app.path("name").asText();
        return "The app at " + provider + (name.equals("default") ? "" : " \"" + name + "\"");
    }

    private static String day(JsonNode app) {
        return DAY.format(LocalDate.parse(app.path("secret_expires").asText()));
    }

    private boolean endsSoon(JsonNode app) {
        return app.has("secret_expires")
                && LocalDate.parse(app.path("secret_expires").asText())
                        .isBefore(
                                visit.now()
                                        .atZone(visit.zone())
                                        .toLocalDate()
                                        .plusDays(WARNED_DAYS));
    }

    private List<InstallationPage.Fact> settings() {
        var ways =
                all("sign_in")
                        .map(way ->
                                way.path("kind").asText().equals("password")
                                        ? "email and password"
                                        : way.path("issuer").asText())
                        .collect(Collectors.joining(", "));
        return List.of(
                new InstallationPage.Fact("Version", seen.path("version").asText()),
                new InstallationPage.Fact("Public URL", publicUrl().orElse("not set")),
                new InstallationPage.Fact("Users sign in by", ways));
    }
}
