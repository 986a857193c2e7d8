package dev.postrider.http;

import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That something is gone. */
@Schema(name = "Deleted")
public record DeletedAnswer(@Schema(examples = "api_key") String object, UUID id, boolean deleted) {
    public static Response of(String object, UUID id) {
        return Response.ok(new DeletedAnswer(object, id, true)).build();
    }
}
