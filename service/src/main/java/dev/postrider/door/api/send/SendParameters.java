package dev.postrider.door.api.send;

import dev.postrider.identity.http.CallerContext;
import dev.postrider.trace.RequestTrace;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
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

    /** W3C Trace Context. */
    @Parameter(hidden = true)
    @HeaderParam("traceparent")
    @Nullable List<String> traceparent;

    @Parameter(hidden = true)
    @Context
    @Nullable UriInfo uri;

    RequestBodies.Request of(InputStream body, SecurityContext security) {
        return new RequestBodies.Request(
                CallerContext.caller(security),
                body,
                length,
                idempotencyKey,
                uri == null ? "/" : uri.getPath(),
                RequestTrace.begin(traceparent == null ? List.of() : traceparent));
    }
}
