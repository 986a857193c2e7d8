package dev.postrider.mailbox.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.ListAnswer;
import dev.postrider.mailbox.domain.Domain;
import dev.postrider.page.Page;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A domain with all that the strictest SDKs insist on. */
@Schema(name = "Domain")
record DomainAnswer(
        @Schema(examples = "domain") String object,
        UUID id,
        @Schema(examples = "example.org") String name,
        @Schema(
                        description = "verified when a mailbox of it is active.",
                        enumeration = {"verified", "pending"})
                String status,
        @JsonProperty("created_at") Instant createdAt,
        @Schema(description = "Always us-east-1: SDKs want one that they know.") String region,
        Capabilities capabilities,
        @Schema(description = "Always empty: its DNS is not checked.") List<String> records) {
    DomainAnswer {
        records = List.copyOf(records);
    }

    @Schema(name = "DomainCapabilities")
    record Capabilities(String sending, String receiving) {}

    @Schema(name = "DomainList")
    static final class Listed extends ListAnswer<DomainAnswer> {
        Listed(Page.Items<Domain> found) {
            super(found, DomainAnswer::of);
        }
    }

    static DomainAnswer of(Domain domain) {
        return new DomainAnswer(
                "domain",
                domain.id(),
                domain.name(),
                domain.sends() ? "verified" : "pending",
                domain.createdAt(),
                "us-east-1",
                new Capabilities("enabled", "disabled"),
                List.of());
    }
}
