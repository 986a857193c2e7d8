package dev.postrider.door.console.choose;

import java.util.List;

/** What a field suggests: a part of a page. */
public record ChoicesPage(List<String> options) {
    public ChoicesPage {
        options = List.copyOf(options);
    }
}
