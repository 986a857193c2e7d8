package dev.postrider.door.api.send;

import dev.postrider.identity.http.CallerContext;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The headers of the requests that send emails, described and read; for {@code @BeanParam}. */
public final class SendParameters {
    @Parameter(
            description =
                    "Your own key for this request, for 24 hours: a repeat gets the first answer"
                            + " and sends nothing.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            minLength = 1,
                            maxLength = IdempotencyKey.MAX_LENGTH))
    @HeaderParam("Idempotency-Key")
    @Nullable String idempotencyKey;

    @Parameter(hidden = true)
    @HeaderParam(HttpHeaders.CONTENT_LENGTH)
    @Nullable String length;

    RequestBodies.Request of(InputStream body, SecurityContext security) {
        return new RequestBodies.Request(
                CallerContext.caller(security), body, length, idempotencyKey);
    }
}
