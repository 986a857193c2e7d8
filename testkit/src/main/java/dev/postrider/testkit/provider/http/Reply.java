package dev.postrider.testkit.provider.http;

/** What a client gets to see. */
sealed interface Reply {
    record Whole(Response response) implements Reply {}

    record Half(Response response) implements Reply {}

    record Reset() implements Reply {}

    /** For the log; 0 for none. */
    default int status() {
        return switch (this) {
            case Whole(var response) -> response.status();
            case Half(var response) -> response.status();
            case Reset _ -> 0;
        };
    }
}
