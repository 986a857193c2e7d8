package dev.postrider.flow.webhook.http;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which deliveries, as a request has it; for {@code @BeanParam}. */
public final class DeliveryParameters {
    @Parameter(
            description = "Only in these states, separated by commas: pending, delivered, failed.")
    @QueryParam("state")
    @Nullable String state;

    @Parameter(
            description = "Only of these types, separated by commas; of those that it is told now.")
    @QueryParam("type")
    @Nullable String type;

    @Parameter(description = "Only of this email.")
    @QueryParam("email_id")
    @Nullable String emailId;

    @Parameter(description = "Only events of this time or later.")
    @QueryParam("created_after")
    @Nullable String createdAfter;

    @Parameter(description = "Only events before this time.")
    @QueryParam("created_before")
    @Nullable String createdBefore;
}
