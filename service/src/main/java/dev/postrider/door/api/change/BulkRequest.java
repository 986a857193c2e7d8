package dev.postrider.door.api.change;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.door.api.track.FilterTexts;
import dev.postrider.door.api.track.ParseEmailFilter;
import dev.postrider.email.EmailState;
import dev.postrider.flow.store.find.EmailFilter;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.page.Page;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which emails are to be changed at once: some by their ids, or a part of a list. */
sealed interface BulkRequest {
    int MOST = 1_000;
    int USUAL = 100;

    record Some(List<UUID> ids) implements BulkRequest {}

    record Part(EmailFilter filter, Page page) implements BulkRequest {}

    /** Describes the body. */
    @Schema(
            name = "EmailsToChange",
            description = "Either `ids`, or `filter` with `limit` and `after`.")
    record Description(
            @Schema(description = "Of emails, at most 1000.", maxItems = MOST) List<UUID> ids,
            @Schema(nullable = true) @Nullable FilterDescription filter,
            @Schema(
                            description =
                                    "How many emails of those that the filter has, at most; fewer are changed"
                                            + " when it takes long.",
                            minimum = "1",
                            maximum = "1000",
                            defaultValue = "100")
                    int limit,
            @Schema(
                            nullable = true,
                            description = "As the answer said that the rest is to be asked for.")
                    @Nullable UUID after) {}

    /** Describes the body of a move. */
    @Schema(
            name = "EmailsToMove",
            description = "Either `ids`, or `filter` with `limit` and `after`; and `mailbox_id`.",
            requiredProperties = "mailbox_id")
    record MoveDescription(
            @Schema(description = "Of emails, at most 1000.", maxItems = MOST) List<UUID> ids,
            @Schema(nullable = true) @Nullable FilterDescription filter,
            @Schema(
                            description = "How many emails of those that the filter has, at most.",
                            minimum = "1",
                            maximum = "1000",
                            defaultValue = "100")
                    int limit,
            @Schema(
                            nullable = true,
                            description = "As the answer said that the rest is to be asked for.")
                    @Nullable UUID after,
            @Schema(description = "A mailbox that you may use, and that sends as their From.")
                    @JsonProperty("mailbox_id")
                    UUID mailboxId) {}

    /** The filter of GET /emails. */
    @Schema(
            name = "EmailFilter",
            description =
                    "As the parameters of GET /emails, at least one. Without `state` those emails that the"
                            + " change is possible for.")
    record FilterDescription(
            @JsonProperty("mailbox_id") String mailboxId,
            String state,
            String recipient,
            String sender,
            String subject,
            List<String> tag,
            @JsonProperty("created_after") String createdAfter,
            @JsonProperty("created_before") String createdBefore) {}

    /**
     * @param possible the states that the change is for
     * @return empty beside an error
     */
    static Optional<BulkRequest> in(Fields fields, Set<EmailState> possible) {
        var isByIds = fields.has("ids");
        if (isByIds == fields.has("filter")) {
            fields.error("ids", isByIds ? "and filter exclude each other" : "or filter is missing");
            return Optional.empty();
        }
        var request = isByIds ? some(fields) : part(fields, possible);
        return Optional.of(request).filter(_ -> fields.areValid());
    }

    private static BulkRequest some(Fields fields) {
        var ids = new LinkedHashSet<UUID>();
        for (var text : fields.texts("ids", MOST, 100)) {
            Id.parse(text)
                    .ifPresentOrElse(
                            ids::add,
                            () -> {
                                if (!fields.names("ids")) {
                                    fields.error("ids", "must be ids of emails");
                                }
                            });
        }
        return new Some(List.copyOf(ids));
    }

    private static BulkRequest part(Fields fields, Set<EmailState> possible) {
        var text = fields.optionalText("after", 100);
        var after = text.flatMap(Id::parse);
        if (text.isPresent() && after.isEmpty()) {
            fields.error("after", "must be as an answer before said it");
        }
        return new Part(
                filter(fields.object("filter"), possible),
                new Page(
                        fields.optionalInt("limit", 1, MOST).orElse(USUAL),
                        after,
                        Optional.empty()));
    }

    private static EmailFilter filter(Fields fields, Set<EmailState> possible) {
        var texts = FilterTexts.in(fields);
        var read = new ParseEmailFilter();
        var filter = read.read(texts);
        read.errors().forEach(error -> fields.error(error.field(), error.message()));
        if (fields.areValid() && filter.equals(EmailFilter.NONE)) {
            fields.error("state", "is missing: a filter that has nothing is all emails; say which");
        }
        var states = new ArrayList<EmailState>(filter.states());
        if (states.isEmpty()) {
            Stream.of(EmailState.values()).filter(possible::contains).forEach(states::add);
        }
        return filter.withStates(states);
    }
}
