package dev.postrider.mailbox.connect.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code POST /connect-links} takes, for the API's description; all of it may be left out. */
@Schema(name = "CreateConnectLink")
record ConnectLinkRequest(
        @Schema(description = "Whose mailbox it is to be; you, if left out. Others' need an admin.")
                @JsonProperty("user_id")
                @Nullable UUID userId,
        @Schema(
                        examples = "crm-4711",
                        maxLength = 200,
                        description =
                                "Your application's name for its own user, who is made if there is none"
                                        + " of it: without a login. Needs an admin.")
                @JsonProperty("external_id")
                @Nullable String externalId,
        @Schema(
                        examples = "ann@example.org",
                        maxLength = 320,
                        description = "The only address that the link connects; any, if left out.")
                @Nullable String address,
        @Schema(
                        examples = "[\"google\", \"smtp\"]",
                        description =
                                "What the page offers: google, microsoft, or smtp for another mailbox."
                                        + " google/NAME chooses one of several apps. All that are set up, if"
                                        + " left out.")
                @Nullable List<String> providers,
        @Schema(
                        enumeration = {"send", "settle", "read"},
                        defaultValue = "send",
                        description =
                                "What the user is asked to allow: to send; to look into Sent as well; to"
                                        + " read as well.")
                @Nullable String tier,
        @Schema(description = "The mailbox to connect again: with the same account only.")
                @JsonProperty("mailbox_id")
                @Nullable UUID mailboxId,
        @Schema(
                        examples = "https://crm.example.com/mail/connected",
                        maxLength = 2000,
                        description =
                                "Where the browser goes afterwards, with status, mailbox_id or error, and"
                                        + " state. It must be on the workspace's list: PATCH /workspace.")
                @JsonProperty("return_url")
                @Nullable String returnUrl,
        @Schema(maxLength = 500, description = "Anything; handed back with the outcome.")
                @Nullable String state,
        @Schema(
                        minimum = "60",
                        maximum = "604800",
                        defaultValue = "3600",
                        description = "Seconds until the link expires.")
                @JsonProperty("expires_in")
                @Nullable Integer expiresIn) {}
