package dev.postrider.door.console.choose;

import java.util.Optional;

/**
 * What somebody typed, and what is meant by it.
 *
 * @param id for the API; what was typed when nothing is meant, so that the API refuses it
 * @param text for the field
 * @param problem why nothing is meant
 */
public record Choice(String id, String text, Optional<String> problem) {
    static Choice of(String id, String text) {
        return new Choice(id, text, Optional.empty());
    }

    static Choice none(String typed, String problem) {
        return new Choice(typed, typed, Optional.of(problem));
    }
}
