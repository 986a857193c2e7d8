package dev.postrider.mailbox.connect.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.ListAnswer;
import dev.postrider.mailbox.connect.ConnectLink;
import dev.postrider.mailbox.connect.ConnectOption;
import dev.postrider.page.Page;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A connect link as the API shows it: with its URL only in the answer that makes it. */
@Schema(name = "ConnectLink")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConnectLinkAnswer(
        @Schema(examples = "connect_link") String object,
        UUID id,
        @Schema(
                        examples = "https://mail.example.com/connect/prc_...",
                        description = "Where to send the user; shown this once, good for one use.")
                @Nullable URI url,
        @Schema(enumeration = {"open", "connected", "expired", "revoked"}) String status,
        @Schema(
                        examples = "wrong_account",
                        description =
                                "How the last try failed, as in the return URL's error; the link can be"
                                        + " tried again.")
                @Nullable String error,
        @Schema(description = "Whose mailbox it is to be; absent for the whole workspace's.")
                @JsonProperty("user_id")
                @Nullable UUID userId,
        @Schema(description = "What your application calls them.") @JsonProperty("external_id")
                @Nullable String externalId,
        @Schema(description = "The mailbox that came of it, or that it connects again.")
                @JsonProperty("mailbox_id")
                @Nullable UUID mailboxId,
        @Schema(description = "The only address that it connects.") @Nullable String address,
        @Schema(description = "What its page offers; empty for all that are set up.")
                List<String> providers,
        @Schema(enumeration = {"send", "settle", "read"}) String tier,
        @JsonProperty("return_url") @Nullable String returnUrl,
        @Nullable String state,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("expires_at") Instant expiresAt,
        @JsonProperty("connected_at") @Nullable Instant connectedAt,
        @JsonProperty("revoked_at") @Nullable Instant revokedAt) {
    ConnectLinkAnswer {
        providers = List.copyOf(providers);
    }

    @Schema(name = "ConnectLinkList")
    static final class Listed extends ListAnswer<ConnectLinkAnswer> {
        Listed(Page.Items<ConnectLink> found, Instant now, Map<UUID, String> externalIds) {
            super(found, link -> of(link, now, externalIds));
        }
    }

    /**
     * @param externalIds what the application calls users, as far as they are known
     */
    static ConnectLinkAnswer of(ConnectLink link, Instant now, Map<UUID, String> externalIds) {
        return of(link, now, link.userId().map(externalIds::get), Optional.empty());
    }

    static ConnectLinkAnswer of(
            ConnectLink link, Instant now, Optional<String> externalId, Optional<URI> url) {
        return new ConnectLinkAnswer(
                "connect_link",
                link.id(),
                url.orElse(null),
                link.status(now).name().toLowerCase(Locale.ROOT),
                link.progress().failure().orElse(null),
                link.userId().orElse(null),
                externalId.orElse(null),
                link.mailbox().orElse(null),
                link.address().orElse(null),
                link.options().stream().map(ConnectOption::text).toList(),
                link.tier().text(),
                link.returnUrl().orElse(null),
                link.state().orElse(null),
                link.createdAt(),
                link.expiresAt(),
                link.progress().connectedAt().orElse(null),
                link.progress().revokedAt().orElse(null));
    }

    /** Its URL is a secret. */
    @Override
    public String toString() {
        return "ConnectLinkAnswer[" + id + "]";
    }
}
