package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code deploy/kubernetes} is what the API of Kubernetes 1.30 takes, the oldest one that the
 * documents promise, and its parts name each other rightly. There is no API server in this: fields,
 * their types and which of them must be there come from the models of the official client. They say
 * of each part that it may be missing; one that is makes a test red.
 */
@NullUnmarked
final class KubernetesFilesTest {
    private static final Path FOLDER = Path.of("..", "deploy", "kubernetes");
    private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");

    private static final Gson GSON =
            new GsonBuilder().registerTypeAdapter(OffsetDateTime.class, new NoTime()).create();

    /** Refuses an object that has a field which its kind hasn't, or lacks one that it must have. */
    private interface Check {
        void accept(JsonObject object) throws IOException;
    }

    /** The models have times that a server sets; a manifest has none. */
    private static final class NoTime extends TypeAdapter<OffsetDateTime> {
        @Override
        public OffsetDateTime read(JsonReader from) throws IOException {
            throw new JsonParseException("a time: " + from.getPath());
        }

        @Override
        public void write(JsonWriter to, @Nullable OffsetDateTime time) throws IOException {
            to.nullValue();
        }
    }

    private record Kind(Class<?> model, Check check) {}

    private static final Map<String, Kind> KINDS =
            Map.of(
                    "apps/v1 Deployment",
                    new Kind(V1Deployment.class, V1Deployment::validateJsonObject),
                    "networking.k8s.io/v1 Ingress",
                    new Kind(V1Ingress.class, V1Ingress::validateJsonObject),
                    "networking.k8s.io/v1 NetworkPolicy",
                    new Kind(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonObject),
                    "policy/v1 PodDisruptionBudget",
                    new Kind(
                            V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonObject),
                    "v1 ConfigMap",
                    new Kind(V1ConfigMap.class, V1ConfigMap::validateJsonObject),
                    "v1 Namespace",
                    new Kind(V1Namespace.class, V1Namespace::validateJsonObject),
                    "v1 Secret",
                    new Kind(V1Secret.class, V1Secret::validateJsonObject),
                    "v1 Service",
                    new Kind(V1Service.class, V1Service::validateJsonObject));

    @Test
    void eachManifestIsWhatItsKindTakes() throws IOException {
        for (var file : manifests()) {
            assertFitsItsKind(Files.readString(FOLDER.resolve(file)));
        }
        assertThat(manifests()).hasSize(KINDS.size());
    }

    /** Else the test above could be green whatever stood in the files. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "deployment.yaml, readOnlyRootFilesystem: true, readonlyRootFilesystem: true",
                "deployment.yaml, path: /health/live, url: /health/live",
                "deployment.yaml, replicas: 3, replicas: three",
                "deployment.yaml, seconds: 5, seconds: 5s",
                "deployment.yaml, mountPath: /tmp, path: /tmp",
                "deployment.yaml, `port: \"9000\"`, `port: 9000`",
                "disruption.yaml, maxUnavailable, maxUnavailble",
                "ingress.example.yaml, pathType: Prefix, kind: Prefix",
                "network.yaml, podSelector, podsSelector",
                "service.yaml, port: 80, port: [80]",
                "settings.yaml, POSTRIDER_LOG_FORMAT: json, POSTRIDER_RETRY_FOR: 5",
                "secret.example.yaml, type: Opaque, sort: Opaque",
            })
    void aSlipIsRefused(String file, String right, String wrong) throws IOException {
        var text = Files.readString(FOLDER.resolve(file));
        assertThat(text).contains(right);
        assertThatThrownBy(() -> assertFitsItsKind(text.replace(right, wrong)))
                .isInstanceOfAny(
                        IllegalArgumentException.class,
                        JsonParseException.class,
                        AssertionError.class);
    }

    @Test
    void allButTheExamplesAreApplied() throws IOException {
        var kustomization = yaml(Files.readString(FOLDER.resolve("kustomization.yaml")));
        assertThat(kustomization)
                .containsOnlyKeys("apiVersion", "kind", "namespace", "resources", "images")
                .containsEntry("apiVersion", "kustomize.config.k8s.io/v1beta1")
                .containsEntry("kind", "Kustomization")
                .containsEntry("namespace", namespace());
        assertThat((List<?>) kustomization.get("resources"))
                .map(Object::toString)
                .containsExactlyInAnyOrderElementsOf(
                        manifests().stream()
                                .filter(file -> !file.endsWith(".example.yaml"))
                                .toList());
        assertThat(read("ingress.example.yaml", V1Ingress.class).getMetadata().getNamespace())
                .isEqualTo(namespace());
    }

    @Test
    void thePodIsGivenWhatThereIs() throws IOException {
        var pod = pod();
        var settings = read("settings.yaml", V1ConfigMap.class);
        var secret = read("secret.example.yaml", V1Secret.class);

        assertThat(container().getEnvFrom())
                .map(from -> from.getConfigMapRef().getName())
                .containsExactly(settings.getMetadata().getName());
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getSecret() != null)
                .map(volume -> volume.getSecret().getSecretName())
                .containsExactly(secret.getMetadata().getName());
        assertThat(container().getVolumeMounts())
                .map(V1VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(
                        pod.getVolumes().stream().map(volume -> volume.getName()).toList());
        // what is a variable of its own doesn't stand in the settings as well
        assertThat(container().getEnv())
                .map(variable -> variable.getName())
                .doesNotContainAnyElementsOf(settings.getData().keySet());
    }

    @Test
    void theCommandsMakeTheSecretThatThePodReads() throws IOException {
        var secret = read("secret.example.yaml", V1Secret.class);
        for (var file : List.of(OPERATIONS, FOLDER.resolve("secret.example.yaml"))) {
            assertThat(find("-n (\\S+) create secret", file)).containsExactly(namespace());
            assertThat(find("create secret generic (\\S+)", file))
                    .containsExactly(secret.getMetadata().getName());
            assertThat(find("--from-file=(\\S+)", file)).isEqualTo(secret.getStringData().keySet());
        }
    }

    @Test
    void portsAreTheContainers() throws IOException {
        var ports =
                container().getPorts().stream()
                        .map(V1ContainerPort::getName)
                        .collect(Collectors.toSet());
        var service = read("service.yaml", V1Service.class);
        var network = read("network.yaml", V1NetworkPolicy.class);

        assertThat(service.getSpec().getPorts())
                .allMatch(port -> ports.contains(port.getTargetPort().getStrValue()));
        assertThat(network.getSpec().getIngress())
                .flatMap(rule -> rule.getPorts())
                .allMatch(port -> ports.contains(port.getPort().getStrValue()));
        assertThat(read("ingress.example.yaml", V1Ingress.class).getSpec().getRules())
                .flatMap(rule -> rule.getHttp().getPaths())
                .map(path -> path.getBackend().getService())
                .allMatch(to -> to.getName().equals(service.getMetadata().getName()))
                .allMatch(to ->
                        service.getSpec().getPorts().stream()
                                .anyMatch(port -> port.getName().equals(to.getPort().getName())));
    }

    /** The ports of mail submission that a mailbox may name (docs/operations.md). */
    @Test
    void mailboxesServersAreReached() throws IOException {
        var outside = read("network.yaml", V1NetworkPolicy.class).getSpec().getEgress().getLast();
        assertThat(outside.getPorts())
                .map(V1NetworkPolicyPort::getPort)
                .map(port -> port.getIntValue())
                .contains(25, 465, 587, 2465, 2525, 2587, 443);
    }

    private static void assertFitsItsKind(String manifest) {
        var tree = GSON.toJsonTree(yaml(manifest)).getAsJsonObject();
        var name = tree.get("apiVersion").getAsString() + " " + tree.get("kind").getAsString();
        var kind = Objects.requireNonNull(KINDS.get(name), () -> "No kind is called " + name);
        try {
            kind.check().accept(tree);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        // whatever has another type, or stands where it isn't read, doesn't come back as it was
        assertThat(withoutEmpty(GSON.toJsonTree(GSON.fromJson(tree, kind.model()))))
                .isEqualTo(withoutEmpty(tree));
    }

    /** Some models begin with empty objects where a manifest says nothing. */
    private static JsonElement withoutEmpty(JsonElement from) {
        return switch (from) {
            case JsonObject object -> {
                var kept = new JsonObject();
                object.asMap()
                        .forEach((name, value) -> {
                            if (!value.equals(new JsonObject())) {
                                kept.add(name, withoutEmpty(value));
                            }
                        });
                yield kept;
            }
            case JsonArray array -> {
                var kept = new JsonArray();
                array.forEach(value -> kept.add(withoutEmpty(value)));
                yield kept;
            }
            default -> from;
        };
    }

    private static Set<String> find(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static String namespace() throws IOException {
        return read("namespace.yaml", V1Namespace.class).getMetadata().getName();
    }

    private static V1PodSpec pod() throws IOException {
        return read("deployment.yaml", V1Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static V1Container container() throws IOException {
        return pod().getContainers().getFirst();
    }

    private static Set<String> manifests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals("kustomization.yaml"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static <T> T read(String file, Class<T> model) throws IOException {
        var tree = GSON.toJsonTree(yaml(Files.readString(FOLDER.resolve(file))));
        return GSON.fromJson(tree, model);
    }

    private static Map<String, Object> yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }
}
