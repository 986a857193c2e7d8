package dev.postrider.transport.smtp.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.Problem;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.MalformedAddress;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.discovery.FindServer;
import dev.postrider.transport.smtp.discovery.FoundServer;
import dev.postrider.transport.smtp.discovery.KnownProviders;
import dev.postrider.transport.smtp.discovery.KnownServer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /autoconfiguration}. */
@Path("/autoconfiguration")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class FindServerEndpoint {
    private final FindServer findServer;
    private final KnownProviders providers;

    FindServerEndpoint(FindServer findServer, KnownProviders providers) {
        this.findServer = findServer;
        this.providers = providers;
    }

    /** What was found. */
    @Schema(name = "Autoconfiguration")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            @Schema(description = "Absent when nothing was found.") @Nullable Server smtp,
            @Schema(
                            enumeration = {"provider", "mx", "srv", "autoconfig"},
                            description = "Where this was found.")
                    @Nullable String source,
            @Schema(
                            description =
                                    "Whether POST /mailboxes takes it without a host; otherwise show it to"
                                            + " your user first.")
                    @JsonProperty("certain")
                    boolean isCertain,
            @Schema(description = "What the provider requires for a login.")
                    @Nullable String note) {}

    /** A submission server. */
    @Schema(name = "FoundServer")
    record Server(
            @Schema(examples = "smtp.gmail.com") String host,
            @Schema(examples = "587") int port,
            @Schema(enumeration = {"starttls", "implicit"}) String tls) {}

    @GET
    @Operation(
            operationId = "findServer",
            summary = "Find the server of an address",
            description =
                    "By the known providers, the domain's MX and SRV records (RFC 6186, RFC 8314) and"
                            + " the autoconfig convention.")
    @APIResponseSchema(value = Answer.class, responseDescription = "What was found, if anything")
    @APIResponse(responseCode = "422", description = "address is not an email address")
    public Response find(
            @QueryParam("address") @Nullable String address, @Context SecurityContext security)
            throws InterruptedException {
        return switch (Address.parse(address == null ? "" : address)) {
            case MalformedAddress(var reason) -> Problem.invalid("address", reason).response();
            case Address parsed -> {
                var workspace = CallerContext.caller(security).workspaceId();
                yield Response.ok(find(workspace, parsed)).build();
            }
        };
    }

    private Answer find(UUID workspace, Address address) throws InterruptedException {
        var spec = address.addrSpec();
        return switch (findServer.of(workspace, spec.substring(spec.lastIndexOf('@') + 1))) {
            case FoundServer.Certain(var server, var source) -> answer(server, source, true);
            case FoundServer.Likely(var server, var source) -> answer(server, source, false);
            case FoundServer.Nothing _ -> new Answer(null, null, false, null);
        };
    }

    private Answer answer(SmtpServer server, String source, boolean isCertain) {
        return new Answer(
                new Server(server.host(), server.port(), server.tls().text()),
                source,
                isCertain,
                providers.forHost(server.host()).map(KnownServer::note).orElse(null));
    }
}
