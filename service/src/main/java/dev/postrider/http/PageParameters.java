package dev.postrider.http;

import dev.postrider.page.Page;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that every list takes, as a request has them; for {@code @BeanParam}. */
public final class PageParameters {
    @Parameter(
            description = "How many at most.",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "100",
                            defaultValue = "20"))
    @QueryParam("limit")
    @Nullable String limit;

    @Parameter(description = "The last id of the page before this one.")
    @QueryParam("after")
    @Nullable String after;

    @Parameter(description = "The first id of the page after this one.")
    @QueryParam("before")
    @Nullable String before;

    public ParsePage read() {
        return ParsePage.of(limit, after, before);
    }

    /** Answers with a page of a list, or with what is wrong with the parameters. */
    public Response answer(Function<Page, ?> list) {
        return switch (read()) {
            case ParsePage.Valid(var page) -> Response.ok(list.apply(page)).build();
            case ParsePage.Invalid(var problem) -> problem.response();
        };
    }
}
