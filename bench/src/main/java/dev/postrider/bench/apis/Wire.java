package dev.postrider.bench.apis;

import java.util.Locale;

/** What a mailbox sends through. */
enum Wire {
    GMAIL("Gmail"),
    MICROSOFT("Microsoft"),
    SMTP("SMTP");

    private final String title;

    Wire(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As a mailbox's provider and a scenario's key have it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
