package dev.postrider.http.openapi;

import dev.postrider.http.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Describes the answers that an operation gives because of its form: it wants a token, it reads a
 * body, its path has an id. What an operation says of such an answer itself stands. Every answer
 * from 400 on is a {@link Problem}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DescribeProblems implements OASFilter {
    private static final Map<String, String> WITH_TOKEN =
            Map.of(
                    "401",
                            "No token or API key, an invalid token, or an API key that may not do this",
                    "403", "An invalid API key, or you may not do this",
                    "429", "The API key makes more requests per second than it may");

    private static final Map<String, String> WITH_BODY =
            Map.of(
                    "413", "The body is too large",
                    "415", "The body's Content-Type or Content-Encoding isn't supported",
                    "422", "The body can't be read, or a field is invalid; each one is named");

    private static final Map<String, String> WITH_ID =
            Map.of("404", "There is none with this id, or none that you may see");

    private static final Map<String, String> ALWAYS =
            Map.of(
                    "503",
                    "The database is unavailable or overloaded; Retry-After says when to try"
                            + " again");

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description
                .getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations()
                                .values()
                                .forEach(operation -> complete(path, operation)));
    }

    private static void complete(String path, Operation operation) {
        var problems = new TreeMap<>(ALWAYS);
        if (operation.getSecurity() == null || !operation.getSecurity().isEmpty()) {
            problems.putAll(WITH_TOKEN);
        }
        if (operation.getParameters() != null) {
            problems.put("422", "A parameter is invalid; each one is named");
        }
        if (path.contains("{")) {
            problems.putAll(WITH_ID);
        }
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().setRequired(true);
            problems.putAll(WITH_BODY);
        }
        var responses = operation.getResponses();
        problems.forEach((status, text) -> {
            if (!responses.hasAPIResponse(status)) {
                responses.addAPIResponse(status, OASFactory.createAPIResponse().description(text));
            }
        });
        responses
                .getAPIResponses()
                .forEach((status, response) -> {
                    if (status.startsWith("4") || status.startsWith("5")) {
                        ensureContent(response);
                    }
                });
    }

    private static void ensureContent(APIResponse response) {
        if (response.getContent() == null) {
            response.setContent(problem());
        }
    }

    private static Content problem() {
        var schema = OASFactory.createSchema().ref("#/components/schemas/Problem");
        return OASFactory.createContent()
                .addMediaType("application/json", OASFactory.createMediaType().schema(schema));
    }
}
