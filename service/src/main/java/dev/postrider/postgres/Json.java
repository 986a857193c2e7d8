package dev.postrider.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of jsonb columns, as text that SQL casts. */
public final class Json {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Json() {}

    /** Null for an empty list. */
    public static @Nullable String text(Collection<?> list) {
        return list.isEmpty() ? null : written(list);
    }

    /** Null for an empty object. */
    public static @Nullable String text(Map<String, String> object) {
        return object.isEmpty() ? null : written(object);
    }

    private static String written(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
