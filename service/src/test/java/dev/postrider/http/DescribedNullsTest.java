package dev.postrider.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.architecture.ProgramClasses;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The description says of each field of an answer whether it may be null, or absent. */
@QuarkusTest
final class DescribedNullsTest {
    private final JsonNode description = Api.underTest().get("/openapi.json").json();
    private final JsonNode schemas = description.path("components").path("schemas");

    @Test
    void whatMayBeNullIsDescribedSoAndNothingElse() {
        var wrong =
                described()
                        .flatMap(type -> Stream.of(type.getRecordComponents()))
                        .filter(field ->
                                !field.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                                        && !field.getAccessor()
                                                .isAnnotationPresent(JsonIgnore.class))
                        .filter(field -> !writesNull(field).equals(describesNull(field)))
                        .map(field -> field.getDeclaringRecord().getName() + "." + field.getName())
                        .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatMayBeAbsentIsNotRequired() {
        var wrong =
                described()
                        .filter(DescribedNullsTest::leavesNullsOut)
                        .flatMap(type -> Stream.of(type.getRecordComponents()))
                        .filter(DescribedNullsTest::isNullable)
                        .filter(field ->
                                required(field.getDeclaringRecord()).contains(jsonName(field)))
                        .map(RecordComponent::toString)
                        .toList();
        assertThat(wrong).isEmpty();
    }

    private Stream<Class<?>> described() {
        var answered = answered();
        return ProgramClasses.all().stream()
                .<Class<?>>map(type -> type.reflect())
                .filter(Class::isRecord)
                .filter(type -> schemaName(type).filter(answered::contains).isPresent());
    }

    /** The names of the schemas of answers, and of all that these are made of. */
    private Set<String> answered() {
        var names = new TreeSet<String>();
        description
                .path("paths")
                .findValues("responses")
                .forEach(responses -> collect(responses, names));
        assertThat(names).hasSizeGreaterThan(20);
        return names;
    }

    private void collect(JsonNode node, Set<String> names) {
        node.findValuesAsText("$ref").stream()
                .map(ref -> ref.substring(ref.lastIndexOf('/') + 1))
                .filter(names::add)
                .forEach(name -> collect(schemas.path(name), names));
    }

    private static Optional<String> schemaName(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Schema.class))
                .map(Schema::name)
                .filter(name -> !name.isEmpty());
    }

    private static boolean isNullable(RecordComponent field) {
        return field.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean leavesNullsOut(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(JsonInclude.class))
                .filter(include -> include.value() == JsonInclude.Include.NON_NULL)
                .isPresent();
    }

    private static Boolean writesNull(RecordComponent field) {
        return isNullable(field) && !leavesNullsOut(field.getDeclaringRecord());
    }

    private Boolean describesNull(RecordComponent field) {
        var schema =
                schemas.path(schemaName(field.getDeclaringRecord()).orElseThrow())
                        .path("properties")
                        .path(jsonName(field));
        assertThat(schema.isMissingNode()).as(field.toString()).isFalse();
        return allowsNull(schema);
    }

    private static boolean allowsNull(JsonNode schema) {
        return Stream.concat(stream(schema.path("type")), Stream.of(schema.path("type")))
                        .anyMatch(type -> type.asText().equals("null"))
                || Stream.concat(stream(schema.path("anyOf")), stream(schema.path("oneOf")))
                        .anyMatch(DescribedNullsTest::allowsNull);
    }

    private List<String> required(Class<?> type) {
        return stream(schemas.path(schemaName(type).orElseThrow()).path("required"))
                .map(JsonNode::asText)
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static String jsonName(RecordComponent field) {
        var annotation = field.getAccessor().getAnnotation(JsonProperty.class);
        return annotation == null || annotation.value().isEmpty()
                ? field.getName()
                : annotation.value();
    }
}
