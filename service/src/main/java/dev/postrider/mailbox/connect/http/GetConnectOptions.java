package dev.postrider.mailbox.connect.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.mailbox.connect.ConnectLinks;
import dev.postrider.mailbox.connect.ConnectOption;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /connect-options}: what an application may offer its users. */
@Path("/connect-options")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class GetConnectOptions {
    private final ConnectLinks links;
    private final ProviderApps apps;

    GetConnectOptions(ConnectLinks links, ProviderApps apps) {
        this.links = links;
        this.apps = apps;
    }

    /** What is set up. */
    @Schema(name = "ConnectOptions")
    record Answer(
            @Schema(examples = "connect_options") String object,
            @Schema(
                            description =
                                    "Whether POST /connect-links makes links; it doesn't before the"
                                            + " operator has set POSTRIDER_PUBLIC_URL.")
                    boolean links,
            List<Option> data) {
        Answer {
            data = List.copyOf(data);
        }
    }

    /** A way to connect a mailbox. */
    @Schema(name = "ConnectOption")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Option(
            @Schema(enumeration = {"google", "microsoft", "smtp"}) String provider,
            @Schema(description = "The operator's app, by its name in the settings.")
                    @Nullable String app,
            @Schema(
                            examples = "google/default",
                            description = "As providers of POST /connect-links takes it.")
                    String option,
            @Schema(
                            description =
                                    "Whether its user consents, by a connect link. An app with false has"
                                            + " access by itself: POST /mailboxes with app, for owners and"
                                            + " admins.")
                    boolean consent) {
        static Option of(ProviderApp app) {
            return new Option(app.provider().text(), app.name(), app.label(), app.isDelegated());
        }
    }

    private static final Option PASSWORD =
            new Option(ConnectOption.SMTP, null, ConnectOption.SMTP, true);

    @GET
    @Operation(
            operationId = "getConnectOptions",
            summary = "See how mailboxes can be connected here",
            description =
                    "The operator's apps at Google and Microsoft, and smtp, which is always there.")
    @APIResponseSchema(value = Answer.class, responseDescription = "What is set up")
    public Answer get() {
        var options = new ArrayList<Option>();
        apps.all().forEach(app -> options.add(Option.of(app)));
        options.add(PASSWORD);
        return new Answer("connect_options", links.areSetUp(), options);
    }
}
