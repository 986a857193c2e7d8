package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code deploy/} says of the program is true: settings, ports, probes, version, times. */
final class DeployFilesTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Pattern VERSION =
            Pattern.compile("<(?:revision|version)>([0-9]+\\.[0-9]+\\.[0-9]+)(?:-SNAPSHOT)?<");
    private static final Pattern SETTING = Pattern.compile("\\bPOSTRIDER_[A-Z_]+\\b");

    /** 10 s for callers, 20 s for begun batches; then connections are cut and all is written. */
    private static final int STOPS_WITHIN = 10 + 20 + 15;

    @Test
    void itNamesOnlySettingsThatThereAre() throws IOException {
        var asked = new HashSet<String>();
        Settings.read(name -> {
            asked.add(name);
            return Optional.empty();
        });
        var named = new HashSet<String>();
        for (var file : files()) {
            SETTING.matcher(Files.readString(file))
                    .results()
                    .forEach(one -> named.add(one.group()));
        }
        assertThat(asked).containsAll(named);
        assertThat(named).contains("POSTRIDER_DATABASE_URL_FILE", "POSTRIDER_NODE");
    }

    @Test
    void itsImagesAreOfThisVersion() throws IOException {
        var version = version();
        var images = new ArrayList<String>();
        for (var file : files()) {
            Pattern.compile("postrider:([0-9][^\\s]*)")
                    .matcher(Files.readString(file))
                    .results()
                    .forEach(one -> images.add(one.group(1)));
        }
        assertThat(images).isNotEmpty().containsOnly(version);
        assertThat(list(kubernetes("kustomization.yaml"), "images"))
                .containsExactly(Map.of("name", "postrider", "newTag", version));
    }

    @Test
    void containersMayDoNoMoreThanTheyMust() throws IOException {
        for (var file : List.of("compose.yaml", "compose.nodes.yaml")) {
            var services = map(read(DEPLOY.resolve("compose").resolve(file)), "services");
            for (var name : services.keySet()) {
                var service = map(services, name);
                assertThat(service.get("security_opt"))
                        .isEqualTo(List.of("no-new-privileges:true"));
                assertThat(service.get("stop_grace_period")).isEqualTo("60s");
                assertThat(list(service, "healthcheck", "test")).isNotEmpty();
                if (value(service, "image").toString().startsWith("postrider:")) {
                    assertThat(service.get("read_only")).as(name).isEqualTo(true);
                    assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
                    assertThat(list(service, "healthcheck", "test").getLast().toString())
                            .endsWith("http://127.0.0.1:9000/health/ready");
                    assertThat(list(service, "ports"))
                            .allMatch(port -> port.toString().startsWith("127.0.0.1:"))
                            .anyMatch(port -> port.toString().endsWith(":8080"))
                            .anyMatch(port -> port.toString().endsWith(":9000"));
                }
            }
        }
    }

    @Test
    void secretsAreFilesThatTheContainerIsGiven() throws IOException {
        var compose = read(DEPLOY.resolve("compose/compose.nodes.yaml"));
        var given = map(compose, "secrets").keySet();
        for (var name : List.of("one", "two")) {
            var service = map(compose, "services", name);
            assertThat(given).containsAll(texts(list(service, "secrets")));
            assertThat(
                            map(service, "environment").values().stream()
                                    .filter(Objects::nonNull)
                                    .map(Object::toString))
                    .filteredOn(value -> value.startsWith("/run/secrets/"))
                    .hasSize(3)
                    .allMatch(value ->
                            list(service, "secrets").contains(value.replace("/run/secrets/", "")));
        }
    }

    /** podman-compose 1.0 takes an empty default, as in {@code ${NAME:-}}, for a value. */
    @Test
    void variablesThatMayBeMissingArePassedOn() throws IOException {
        for (var file : List.of("compose.yaml", "compose.nodes.yaml")) {
            assertThat(Files.readString(DEPLOY.resolve("compose").resolve(file)))
                    .contains("POSTRIDER_PUBLIC_URL:\n")
                    .doesNotContain(":-}");
        }
    }

    @Test
    void podsAreProbedOnTheManagementPortAndHaveTimeToStop() throws IOException {
        var pod = map(kubernetes("deployment.yaml"), "spec", "template", "spec");
        var container = container(pod);
        var defaults = Settings.read(_ -> Optional.empty()).listening();

        assertThat(list(container, "ports"))
                .containsExactly(
                        Map.of("name", "http", "containerPort", defaults.port()),
                        Map.of("name", "management", "containerPort", defaults.managementPort()));
        assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe"))
                .map(probe -> map(container, probe, "httpGet"))
                .extracting(get -> get.get("path"), get -> get.get("port"))
                .containsExactly(
                        tuple("/health/started", "management"),
                        tuple("/health/live", "management"),
                        tuple("/health/ready", "management"));
        var preStop = (int) value(map(container, "lifecycle", "preStop", "sleep"), "seconds");
        assertThat((int) value(pod, "terminationGracePeriodSeconds"))
                .isGreaterThanOrEqualTo(preStop + STOPS_WITHIN);
        assertThat(annotations())
                .containsEntry("prometheus.io/port", Integer.toString(defaults.managementPort()))
                .containsEntry("prometheus.io/path", "/metrics");
    }

    /** The restricted profile of Kubernetes' Pod Security Standards. */
    @Test
    void podsFitTheRestrictedProfile() throws IOException {
        var pod = map(kubernetes("deployment.yaml"), "spec", "template", "spec");
        assertThat(map(pod, "securityContext"))
                .containsEntry("runAsNonRoot", true)
                .containsEntry("runAsUser", 10001)
                .containsEntry("fsGroup", 10001)
                .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
        assertThat(map(container(pod), "securityContext"))
                .isEqualTo(
                        Map.of(
                                "allowPrivilegeEscalation",
                                false,
                                "readOnlyRootFilesystem",
                                true,
                                "capabilities",
                                Map.of("drop", List.of("ALL"))));
        assertThat(pod.get("automountServiceAccountToken")).isEqualTo(false);
    }

    @Test
    void theSecretIsReadableByTheProgramsGroupOnly() throws IOException {
        var pod = map(kubernetes("deployment.yaml"), "spec", "template", "spec");
        var secret = map(list(pod, "volumes"), 0);
        assertThat(map(secret, "secret"))
                .isEqualTo(Map.of("secretName", "postrider", "defaultMode", 0440));
        var keys = map(kubernetes("secret.example.yaml"), "stringData").keySet();
        assertThat(list(container(pod), "env"))
                .map(one -> ((Map<?, ?>) one).get("value"))
                .filteredOn(Objects::nonNull)
                .hasSize(3)
                .allMatch(value ->
                        keys.contains(value.toString().replace("/etc/postrider/secret/", "")));
    }

    @Test
    void allOfThemMeanTheSamePods() throws IOException {
        var labels = Map.of("app.kubernetes.io/name", "postrider");
        var deployment = kubernetes("deployment.yaml");
        assertThat(map(deployment, "spec", "template", "metadata", "labels")).isEqualTo(labels);
        assertThat(map(deployment, "spec", "selector", "matchLabels")).isEqualTo(labels);
        assertThat(map(kubernetes("service.yaml"), "spec", "selector")).isEqualTo(labels);
        assertThat(map(kubernetes("disruption.yaml"), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat(map(kubernetes("network.yaml"), "spec", "podSelector", "matchLabels"))
                .isEqualTo(labels);
        for (var resource : list(kubernetes("kustomization.yaml"), "resources")) {
            assertThat(DEPLOY.resolve("kubernetes").resolve(resource.toString())).exists();
        }
    }

    private static Map<String, Object> annotations() throws IOException {
        return map(kubernetes("deployment.yaml"), "spec", "template", "metadata", "annotations");
    }

    private static Map<String, Object> container(Map<String, Object> pod) {
        return map(list(pod, "containers"), 0);
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.walk(DEPLOY)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/secrets/"))
                    .toList();
        }
    }

    private static String version() throws IOException {
        var pom = VERSION.matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(pom.find()).isTrue();
        return pom.group(1);
    }

    private static Map<String, Object> kubernetes(String file) throws IOException {
        return read(DEPLOY.resolve("kubernetes").resolve(file));
    }

    private static Map<String, Object> read(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    private static Set<String> texts(List<Object> values) {
        var texts = new HashSet<String>();
        values.forEach(value -> texts.add(value.toString()));
        return texts;
    }

    private static Object value(Map<String, Object> from, String key) {
        return Objects.requireNonNull(from.get(key), () -> key + " is not in " + from.keySet());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> from, String... path) {
        var found = from;
        for (var key : path) {
            found = (Map<String, Object>) value(found, key);
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(List<Object> from, int position) {
        return (Map<String, Object>) from.get(position);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> from, String... path) {
        var before = Arrays.copyOf(path, path.length - 1);
        return (List<Object>) value(map(from, before), path[path.length - 1]);
    }
}
