package dev.postrider.transport.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The settings of a mailbox that was connected with its provider. */
@Schema(name = "ApiSettings")
public record ApiSettings(
        @Schema(
                        enumeration = {"api", "smtp"},
                        description =
                                "By what it sends: the provider's API, or its SMTP server with an"
                                        + " access token, which the provider must have been asked for.")
                String via) {}
