package dev.postrider.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.postrider.page.Page;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of a list, as it is answered. The API's description knows each by a class of its own. */
@JsonPropertyOrder({"object", "has_more", "data"})
public class ListAnswer<T> {
    @Schema(examples = "list")
    public final String object = "list";

    @JsonProperty("has_more")
    public final boolean hasMore;

    public final List<T> data;

    protected <R> ListAnswer(Page.Items<R> found, Function<? super R, ? extends T> answer) {
        this.hasMore = found.hasMore();
        this.data = found.<T>map(answer).items();
    }
}
