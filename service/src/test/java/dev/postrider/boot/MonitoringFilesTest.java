package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.door.api.send.EmailApi;
import dev.postrider.http.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Dashboard, alert rules and documents name what {@code /metrics} of the program shows. */
@QuarkusTest
final class MonitoringFilesTest {
    private static final Path FOLDER = Path.of("..", "deploy", "monitoring");
    private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");

    /** Those that Prometheus adds itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private static final Pattern METRIC =
            Pattern.compile("\\b((?:postrider|http|jvm|process)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL =
            Pattern.compile("(\\w+)\\s*(?:=|!=|=~|!~)\\s*\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? [-+.0-9A-Za-z]+$");

    private final Map<String, List<Map<String, String>>> shown = new HashMap<>();

    @BeforeEach
    void scrapeAProgramThatHasSentAnEmail() {
        try (var emails = new EmailApi("monitored@example.com")) {
            emails.api()
                    .post(
                            "/smtp/send-email",
                            EmailApi.json(
                                    "{'to':'grace@example.org','subject':'Hi','message':'Hi.'}"));
        }
        System.gc();
        SAMPLE.matcher(Api.management().get("/metrics").text())
                .results()
                .forEach(sample ->
                        shown.computeIfAbsent(sample.group(1), _ -> new ArrayList<>())
                                .add(labels(sample.group(2))));
    }

    @Test
    void theAlertsAskForWhatIsShown() throws IOException {
        for (var rule : rules()) {
            assertIsShown(text(rule, "expr"));
        }
    }

    @Test
    void theDashboardAsksForWhatIsShown() throws IOException {
        var dashboard = new ObjectMapper().readTree(file("grafana-dashboard.json"));
        var expressions = new ArrayList<String>();
        dashboard.findValues("expr").forEach(node -> expressions.add(node.asText()));
        assertThat(expressions).hasSizeGreaterThan(20);
        expressions.forEach(this::assertIsShown);
        assertThat(dashboard.findValues("datasource").stream().filter(JsonNode::isObject))
                .isNotEmpty()
                .allSatisfy(source ->
                        assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
        assertThat(dashboard.path("templating").path("list").findValuesAsText("name"))
                .containsExactly("datasource", "job", "instance");
    }

    @Test
    void eachMetricOfOursIsDocumentedAndOnTheDashboard() throws IOException {
        var ours =
                shown.keySet().stream()
                        .filter(name -> name.startsWith("postrider_"))
                        .map(name -> name.replaceFirst("_(bucket|sum|count|max)$", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ours).isEqualTo(documented());
        var used = file("grafana-dashboard.json") + file("alerts.yaml");
        assertThat(ours).allMatch(used::contains);
    }

    @Test
    void eachDocumentedValueOfALabelIsShown() throws IOException {
        assertThat(values("postrider_emails_submitted_total", "became"))
                .isEqualTo(documented("postrider_emails_submitted_total{became}"));
        assertThat(values("postrider_attempts_seconds_count", "outcome"))
                .isEqualTo(documented("postrider_attempts_seconds{outcome}"));
        assertThat(values("postrider_emails_finished_total", "state"))
                .isEqualTo(documented("postrider_emails_finished_total{state}"));
    }

    @Test
    void eachAlertHasItsSectionAndATestThatLetsItSound() throws IOException {
        var sections =
                Files.readAllLines(OPERATIONS).stream()
                        .filter(line -> line.startsWith("### Postrider"))
                        .map(line -> line.substring(4))
                        .toList();
        var names = rules().stream().map(rule -> text(rule, "alert")).toList();
        assertThat(sections).containsExactlyElementsOf(names);
        var tests = file("alerts.test.yaml");
        for (var rule : rules()) {
            var name = text(rule, "alert");
            assertThat(rule.toString())
                    .contains("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(tests).containsPattern("alertname: " + name + "\\s+exp_alerts:");
            assertThat(tests).contains("alertname: " + name + "}");
        }
    }

    private void assertIsShown(String expression) {
        var asked = new HashSet<String>(OF_PROMETHEUS);
        METRIC.matcher(expression)
                .results()
                .forEach(metric -> {
                    assertThat(shown).as(expression).containsKey(metric.group(1));
                    asked.addAll(assertLabels(metric.group(1), metric.group(2)));
                });
        BY.matcher(expression)
                .results()
                .flatMap(by -> List.of(by.group(1).split(",\\s*", -1)).stream())
                .forEach(label -> assertThat(asked).as(expression).contains(label));
    }

    /** Returns the labels that the metric has. */
    private Set<String> assertLabels(String metric, @Nullable String selector) {
        var samples = shown.getOrDefault(metric, List.of());
        labels(selector)
                .forEach((name, value) -> {
                    if (!OF_PROMETHEUS.contains(name)) {
                        assertThat(samples)
                                .as(metric)
                                .anySatisfy(one -> assertThat(one).containsKey(name));
                        if (!name.equals("status")) {
                            assertThat(samples)
                                    .as(metric + " " + name)
                                    .anyMatch(one -> one.getOrDefault(name, "").matches(value));
                        }
                    }
                });
        return samples.stream().flatMap(one -> one.keySet().stream()).collect(Collectors.toSet());
    }

    private Set<String> values(String metric, String label) {
        return shown.getOrDefault(metric, List.of()).stream()
                .map(one -> one.getOrDefault(label, ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> labels(@Nullable String text) {
        var labels = new HashMap<String, String>();
        if (text != null) {
            LABEL.matcher(text)
                    .results()
                    .forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return labels;
    }

    private static Set<String> documented() throws IOException {
        return rows().flatMap(row ->
                        Pattern.compile("`(postrider_\\w+)")
                                .matcher(row.substring(0, row.indexOf('|', 1)))
                                .results()
                                .map(name -> name.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The values that the row of a metric names. */
    private static Set<String> documented(String metric) throws IOException {
        return rows().filter(row -> row.startsWith("| `" + metric + "`"))
                .flatMap(row ->
                        Pattern.compile("`([a-z_]+)`")
                                .matcher(row.substring(row.lastIndexOf('|', row.length() - 3)))
                                .results()
                                .map(name -> name.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> rows() throws IOException {
        return Files.readAllLines(OPERATIONS).stream()
                .filter(line -> line.startsWith("| `postrider_"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rules() throws IOException {
        Map<String, List<Map<String, Object>>> rules =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(file("alerts.yaml"));
        var group = rules.getOrDefault("groups", List.of()).getFirst();
        return (List<Map<String, Object>>) group.getOrDefault("rules", List.of());
    }

    private static String text(Map<String, Object> rule, String key) {
        return rule.getOrDefault(key, "").toString();
    }

    private static String file(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }
}
