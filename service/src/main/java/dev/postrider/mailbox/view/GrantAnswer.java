package dev.postrider.mailbox.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.credential.grant.GrantInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the user of a mailbox has granted, without its tokens. */
@Schema(
        name = "MailboxGrant",
        description = "What its user has granted at the provider; only of a mailbox connected so.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrantAnswer(
        @Schema(enumeration = {"google", "microsoft"}) String provider,
        @Schema(description = "The operator's app, by its name in the settings.") String app,
        @Schema(
                        examples = "ann@example.org",
                        description = "Who consented, by their address at the provider.")
                String account,
        @Schema(enumeration = {"send", "settle", "read"}) String tier,
        @Schema(examples = "[\"gmail.send\"]") List<String> scopes,
        @Schema(
                        description =
                                "Whether the app has access by an administrator's consent, for all"
                                        + " mailboxes that its settings list.")
                boolean application,
        @JsonProperty("granted_at") Instant grantedAt,
        @Schema(description = "When a token was last given.") @JsonProperty("refreshed_at")
                Instant refreshedAt,
        @Schema(description = "When it ends, where it was granted for a time only.")
                @JsonProperty("ends_at")
                @Nullable Instant endsAt,
        @Schema(description = "Whether it is over, until the mailbox is connected again.")
                boolean ended,
        @Schema(description = "What is wrong at the provider, and what to do.")
                @Nullable String problem) {
    public GrantAnswer {
        scopes = List.copyOf(scopes);
    }

    public static GrantAnswer of(GrantInfo grant) {
        return new GrantAnswer(
                grant.provider().text(),
                grant.app(),
                grant.account().address().orElse(""),
                grant.tier().text(),
                grant.scopes().stream().sorted().toList(),
                grant.isApplication(),
                grant.grantedAt(),
                grant.refreshedAt(),
                grant.endsAt().orElse(null),
                grant.isEnded(),
                grant.problem().orElse(null));
    }
}
