package dev.postrider.postgres.copy;

/** How far a sequence has counted. */
public record Sequence(String name, long last, boolean isCalled) {
    String restart() {
        return "alter sequence %s restart with %d"
                .formatted(Table.quoted(name), isCalled ? last + 1 : last);
    }
}
