package dev.postrider.door.console.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What the API said. */
public sealed interface ApiAnswer {
    int UNAUTHORIZED = 401;

    /**
     * It did as it was asked.
     *
     * @param json missing when the answer has no body
     */
    record Done(int status, JsonNode json) implements ApiAnswer {}

    /**
     * It didn't.
     *
     * @param code the stable one
     * @param detail what happened and what to do, in words
     * @param errors by the field's name
     */
    record Refused(int status, String code, String detail, Map<String, String> errors)
            implements ApiAnswer {
        public Refused {
            errors = Map.copyOf(errors);
        }

        /** The session has ended meanwhile. */
        public boolean isSignedOut() {
            return status == UNAUTHORIZED;
        }
    }
}
