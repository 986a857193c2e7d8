package dev.postrider.door.console.keys;

import dev.postrider.door.console.Filled;

/** The page. */
public record KeyPage(String formToken, KeyView key, Filled filled) {
    /** The permission that is chosen. */
    public boolean isSendsOnly() {
        return filled.values().isEmpty()
                ? key.sendsOnly()
                : filled.value("permission").equals("sending_access");
    }

    public String perSecond() {
        return filled.values().isEmpty()
                ? String.valueOf(key.perSecond())
                : filled.value("per_second");
    }

    public String name() {
        return filled.values().isEmpty() ? key.name() : filled.value("name");
    }
}
