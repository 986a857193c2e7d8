package dev.postrider.mailbox.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.credential.grant.GrantInfo;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.view.GrantAnswer;
import dev.postrider.transport.Verification;
import dev.postrider.transport.api.VerifiedApi;
import dev.postrider.transport.smtp.VerifiedServer;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a mailbox's server can do, or what is wrong with it.
 *
 * @param ok whether the login worked
 * @param problem what is wrong and what to do; null when all is well
 */
@Schema(name = "Verification")
@JsonInclude(JsonInclude.Include.ALWAYS)
record VerificationAnswer(
        @Schema(examples = "verification") String object,
        @JsonProperty("mailbox_id") UUID mailboxId,
        boolean ok,
        @Schema(nullable = true, examples = "login_refused") @Nullable String code,
        @Schema(nullable = true, description = "What is wrong, and what to do.")
                @Nullable String problem,
        @Schema(
                        nullable = true,
                        description =
                                "What may keep mail from being sent though the connection works,"
                                        + " and what to do.")
                @Nullable String warning,
        @Schema(nullable = true, implementation = VerifiedServer.class) @Nullable Object server,
        @Schema(nullable = true, implementation = VerifiedApi.class) @Nullable Object api,
        @Schema(nullable = true, implementation = GrantAnswer.class) @Nullable GrantAnswer grant) {

    /**
     * @param grant as it is after the trial
     */
    static VerificationAnswer of(
            Mailbox mailbox, Verification verification, Optional<GrantInfo> grant) {
        return switch (verification) {
            case Verification.Works(var server, var warning) ->
                    new VerificationAnswer(
                            "verification",
                            mailbox.id(),
                            true,
                            null,
                            null,
                            warning.orElse(null),
                            server.filter(each -> !(each instanceof VerifiedApi)).orElse(null),
                            server.filter(VerifiedApi.class::isInstance).orElse(null),
                            grant.map(GrantAnswer::of).orElse(null));
            case Verification.Fails(var code, var problem, _) -> bad(mailbox, code, problem, grant);
        };
    }

    static VerificationAnswer bad(
            Mailbox mailbox, String code, String problem, Optional<GrantInfo> grant) {
        return new VerificationAnswer(
                "verification",
                mailbox.id(),
                false,
                code,
                problem,
                null,
                null,
                null,
                grant.map(GrantAnswer::of).orElse(null));
    }
}
