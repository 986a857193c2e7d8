package dev.postrider.door.console.webhooks;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** Which deliveries a page shows, for {@code @BeanParam}; an empty field counts as left out. */
public final class ListParameters {
    @QueryParam("state")
    @Nullable String state;

    @QueryParam("type")
    @Nullable String type;

    @QueryParam("from")
    @Nullable String from;

    @QueryParam("until")
    @Nullable String until;

    @QueryParam("after")
    @Nullable String after;

    @QueryParam("before")
    @Nullable String before;

    @QueryParam("replayed")
    @Nullable String replayed;
}
