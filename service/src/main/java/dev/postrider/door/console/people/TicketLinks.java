package dev.postrider.door.console.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Visit;
import dev.postrider.http.PublicUrl;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;

/** Where somebody chooses a password with a ticket. */
@Singleton
final class TicketLinks {
    private final PublicUrl publicUrl;

    TicketLinks(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /**
     * @param user with a ticket, as the API answers it
     * @param uri of the request: its base stands in for a public URL
     */
    PeoplePage.TicketLink of(JsonNode user, Visit visit, UriInfo uri) {
        var ticket = user.path("ticket");
        return new PeoplePage.TicketLink(
                user.path("email").asText(),
                publicUrl.or(uri.getBaseUri())
                        + "/console/password?ticket="
                        + ticket.path("ticket").asText(),
                visit.time(ticket.path("expires_at").asText()));
    }
}
