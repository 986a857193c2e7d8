package dev.postrider.door.api.send.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of a described object's fields, as they stand in JSON. */
final class FieldNames {
    private FieldNames() {}

    static Set<String> of(Class<? extends Record> description) {
        return Arrays.stream(description.getRecordComponents())
                .map(component ->
                        Optional.ofNullable(
                                        component.getAccessor().getAnnotation(JsonProperty.class))
                                .map(JsonProperty::value)
                                .orElseGet(component::getName))
                .collect(Collectors.toUnmodifiableSet());
    }
}
