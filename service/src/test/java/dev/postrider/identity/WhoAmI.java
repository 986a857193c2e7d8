package dev.postrider.identity;

import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Operations for tests: one that needs a token, because all do, and one that doesn't. */
@Path("/test")
@RunOnVirtualThread
public final class WhoAmI {
    @GET
    @Path("/caller")
    @Operation(hidden = true)
    public Map<String, Object> caller(@Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return Map.of(
                "email", caller.email(),
                "workspace", caller.workspaceId(),
                "role", caller.role().code(),
                "owner", security.isUserInRole("owner"),
                "virtual", Thread.currentThread().isVirtual());
    }

    @POST
    @Path("/caller")
    @Operation(hidden = true)
    public int bodyLength(InputStream body) throws IOException {
        return body.readAllBytes().length;
    }

    @GET
    @Path("/anyone")
    @WithoutToken
    @Operation(hidden = true)
    public Map<String, Object> anyone() {
        return Map.of("hello", "you");
    }
}
