package dev.postrider.door.console;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.WithoutToken;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** {@code /} leads to the console; and its files. */
@Path("/console/files")
@RunOnVirtualThread
@WithoutToken
final class FrameEndpoint {
    private static final int SEE_OTHER = 303;

    private final ConsolePages pages;
    private final Assets assets;

    FrameEndpoint(ConsolePages pages, Assets assets) {
        this.pages = pages;
        this.assets = assets;
    }

    void register(@Observes Router router) {
        router.get("/")
                .handler(request ->
                        request.response()
                                .setStatusCode(SEE_OTHER)
                                .putHeader(HttpHeaders.LOCATION, pages.base() + "/console")
                                .end());
    }

    @GET
    @Path("/{name}")
    public Response file(@PathParam("name") String name) {
        return assets.find(name)
                .orElseGet(() ->
                        Problem.of(ProblemCode.NOT_FOUND, "There is no such file.").response());
    }
}
