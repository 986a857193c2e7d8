package dev.postrider.door.api.send.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.Fields;
import dev.postrider.mime.compose.Draft;
import dev.postrider.mime.compose.Invitation;
import dev.postrider.mime.compose.Unsubscribe;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an email may have beside its text, described and read. */
final class PartsJson {
    private static final int MAX_INVITATION = 256 * 1024;
    private static final int MAX_URLS = 5;
    private static final int MAX_METHOD = 32;

    private PartsJson() {}

    @Schema(
            name = "EmailInvitation",
            description = "A calendar invitation, or an answer to one (RFC 6047).",
            requiredProperties = {"method", "ics"})
    record InvitationJson(
            @Schema(
                            examples = "REQUEST",
                            enumeration = {
                                "PUBLISH",
                                "REQUEST",
                                "REPLY",
                                "ADD",
                                "CANCEL",
                                "REFRESH",
                                "COUNTER",
                                "DECLINECOUNTER"
                            })
                    String method,
            @Schema(
                            description = "The iCalendar text, with the same METHOD.",
                            maxLength = MAX_INVITATION)
                    String ics,
            @Schema(description = "Whether to attach it as invite.ics too.", defaultValue = "false")
                    boolean attached) {}

    @Schema(
            name = "EmailUnsubscribe",
            description = "How to leave the list: List-Unsubscribe (RFC 2369).",
            requiredProperties = "urls")
    record UnsubscribeJson(
            @Schema(description = "Up to 5, best first, https: or mailto:.", maxItems = MAX_URLS)
                    List<EmailJson.UrlText> urls,
            @Schema(
                            description = "Whether a POST to the https: URL is enough (RFC 8058).",
                            defaultValue = "false")
                    @JsonProperty("one_click")
                    boolean oneClick) {}

    static Optional<Invitation> invitation(Fields email) {
        if (!email.has("invitation")) {
            return Optional.empty();
        }
        var invitation = email.object("invitation");
        invitation.refuseLookalikes(FieldNames.of(InvitationJson.class), Set.of());
        return Optional.of(
                new Invitation(
                        invitation.text("method", MAX_METHOD),
                        invitation.text("ics", MAX_INVITATION),
                        invitation.optionalFlag("attached", false)));
    }

    static Optional<Unsubscribe> unsubscribe(Fields email) {
        if (!email.has("unsubscribe")) {
            return Optional.empty();
        }
        var unsubscribe = email.object("unsubscribe");
        unsubscribe.refuseLookalikes(FieldNames.of(UnsubscribeJson.class), Set.of());
        var urls = new ArrayList<URI>();
        for (var text : unsubscribe.texts("urls", MAX_URLS, Draft.MAX_URI_LENGTH)) {
            try {
                urls.add(new URI(text));
            } catch (URISyntaxException _) {
                unsubscribe.error("urls", "must be URLs that begin with https: or mailto:");
            }
        }
        return Optional.of(new Unsubscribe(urls, unsubscribe.optionalFlag("one_click", false)));
    }
}
