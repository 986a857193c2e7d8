package dev.postrider.installation.http;

import dev.postrider.credential.grant.AppFaults;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.email.Node;
import dev.postrider.http.ProblemCode;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.issuer.Issuers;
import dev.postrider.installation.ReadInstallation;
import dev.postrider.installation.Reading;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseSize;
import dev.postrider.purge.Retention;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /installation}. */
@Path("/installation")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Installation")
final class GetInstallation {
    private final ReadInstallation readInstallation;
    private final Database database;
    private final Node node;
    private final PublicUrl publicUrl;
    private final Retention keep;
    private final ProviderApps apps;
    private final Issuers issuers;
    private final String version;

    GetInstallation(
            ReadInstallation readInstallation,
            Database database,
            Node node,
            PublicUrl publicUrl,
            Retention keep,
            ProviderApps apps,
            Issuers issuers,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.readInstallation = readInstallation;
        this.database = database;
        this.node = node;
        this.publicUrl = publicUrl;
        this.keep = keep;
        this.apps = apps;
        this.issuers = issuers;
        this.version = version;
    }

    @GET
    @Operation(
            operationId = "getInstallation",
            summary = "See how the installation is doing",
            description =
                    "Version, nodes, queues, keys, database, and what its operator has set. For owners"
                            + " and admins of the workspace that the program was set up with: those of other"
                            + " workspaces are its users, not its operators. The figures are read at most once"
                            + " in some seconds and cost the same however much email there is.")
    @APIResponseSchema(value = InstallationAnswer.class, responseDescription = "The installation")
    @APIResponse(responseCode = "403", description = "You don't run this installation")
    public Response get(@Context SecurityContext security) {
        if (!CallerContext.caller(security).isOperator()) {
            return notTheirs();
        }
        return answer();
    }

    static Response notTheirs() {
        return ProblemCode.FORBIDDEN.response(
                "Only owners and admins of the workspace that this installation was set up with"
                        + " see and change it.");
    }

    Response answer() {
        return Response.ok(answer(readInstallation.read())).build();
    }

    private InstallationAnswer answer(Reading reading) {
        return new InstallationAnswer(
                "installation",
                version,
                node.name(),
                reading.at(),
                publicUrl.url().map(URI::toString).orElse(null),
                publicUrl.fixed().isPresent(),
                reading.lanes().nodes().stream()
                        .map(each ->
                                new InstallationAnswer.NodeAnswer(
                                        each.name(), each.seenAt(), each.lanes()))
                        .toList(),
                new InstallationAnswer.LanesAnswer(
                        reading.lanes().waiting(),
                        reading.lanes().due(),
                        reading.lanes().unserved(),
                        reading.lanes().unservedSince().orElse(null)),
                keys(reading),
                database(reading.database()),
                new InstallationAnswer.RetentionAnswer(
                        keep.contents().toSeconds(),
                        keep.history().toSeconds(),
                        keep.audit().toSeconds()),
                apps.all().stream().map(app -> app(app, reading.faults())).toList(),
                signIn());
    }

    private static List<InstallationAnswer.KeyAnswer> keys(Reading reading) {
        return reading.keys().stream()
                .map(each ->
                        new InstallationAnswer.KeyAnswer(
                                Integer.toUnsignedLong(each.id()),
                                each.createdAt(),
                                each.isCurrent(),
                                each.masterKeys(),
                                each.credentials(),
                                each.others()))
                .toList();
    }

    private InstallationAnswer.DatabaseAnswer database(DatabaseSize size) {
        return new InstallationAnswer.DatabaseAnswer(
                database.isEmbedded() ? "embedded" : "own",
                size.version(),
                size.octets(),
                size.tables().stream()
                        .map(table ->
                                new InstallationAnswer.TableAnswer(
                                        table.name(),
                                        table.rows().isPresent() ? table.rows().getAsLong() : null,
                                        table.octets()))
                        .toList());
    }

    private static InstallationAnswer.AppAnswer app(ProviderApp app, List<AppFaults.Fault> faults) {
        Optional<AppFaults.Fault> fault =
                faults.stream()
                        .filter(each ->
                                each.provider() == app.provider() && each.app().equals(app.name()))
                        .findFirst();
        return new InstallationAnswer.AppAnswer(
                app.provider().text(),
                app.name(),
                app.secretExpires().orElse(null),
                fault.map(AppFaults.Fault::since).orElse(null),
                fault.map(AppFaults.Fault::problem).orElse(null));
    }

    private List<InstallationAnswer.SignInAnswer> signIn() {
        return Stream.concat(
                        Stream.of(new InstallationAnswer.SignInAnswer("password", null)),
                        issuers.names().stream()
                                .map(name -> new InstallationAnswer.SignInAnswer("openid", name)))
                .toList();
    }
}
