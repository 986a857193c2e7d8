package dev.postrider.door.api.send;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;

/** Adds to the operations that take emails how each of them may reject a request. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DescribeRejections implements OASFilter {
    private static final Set<String> OPERATIONS = Set.of("sendEmail", "sendEmails", "sendRawEmail");

    private static final List<String> ALIKE = List.of("/gmail/send-email", "/microsoft/send-email");

    private static final Map<String, String> REJECTIONS =
            Map.of(
                    "400", "The Idempotency-Key doesn't have 1 to 256 characters",
                    "401", "No token or API key, or an invalid token",
                    "403", "You have no mailbox for the address in from, or the API key is invalid",
                    "409", "The Idempotency-Key was used for another request before",
                    "413", "The body is larger than the limits in docs/api.md",
                    "415", "The body has an unsupported media type",
                    "422", "A field is invalid; each one is named",
                    "429", "The API key makes more requests per second than it may",
                    "503",
                            "The database can't keep up, or too many large requests arrive at once;"
                                    + " nothing was kept. Retry-After says when to try again");

    @Override
    public Operation filterOperation(Operation operation) {
        if (OPERATIONS.contains(String.valueOf(operation.getOperationId()))) {
            REJECTIONS.forEach((status, description) ->
                    operation
                            .getResponses()
                            .addAPIResponse(
                                    status,
                                    OASFactory.createAPIResponse()
                                            .description(description)
                                            .content(problem())));
        }
        return operation;
    }

    /** Routes that differ only in the mailboxes they send through answer alike. */
    @Override
    public void filterOpenAPI(OpenAPI api) {
        var paths = api.getPaths().getPathItems();
        var first = paths.get("/smtp/send-email");
        for (var path : ALIKE) {
            var operation = paths.get(path);
            if (first != null && operation != null) {
                first.getPOST()
                        .getResponses()
                        .getAPIResponses()
                        .forEach((status, response) -> {
                            if (!operation.getPOST().getResponses().hasAPIResponse(status)) {
                                operation.getPOST().getResponses().addAPIResponse(status, response);
                            }
                        });
            }
        }
    }

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        "application/json",
                        OASFactory.createMediaType()
                                .schema(
                                        OASFactory.createSchema()
                                                .ref("#/components/schemas/Problem")));
    }
}
