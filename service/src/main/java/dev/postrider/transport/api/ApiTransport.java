package dev.postrider.transport.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.Credential;
import dev.postrider.http.Fields;
import dev.postrider.transport.Connections;
import dev.postrider.transport.Objection;
import dev.postrider.transport.OutgoingMessage;
import dev.postrider.transport.SendingLimits;
import dev.postrider.transport.Transport;
import dev.postrider.transport.TransportSetup;
import dev.postrider.transport.Verification;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Sends through a provider as the mailbox's user has granted it: by its API, or by SMTP. */
public record ApiTransport(ApiDependencies tools, Via via) implements Transport {
    private static final String VIA = "via";

    /** By what messages leave. */
    public enum Via {
        API,
        SMTP;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Settings as they were stored. */
    public static ApiTransport restore(ApiDependencies tools, JsonNode stored) {
        return new ApiTransport(
                tools, stored.path(VIA).asText().equals(Via.SMTP.text()) ? Via.SMTP : Via.API);
    }

    /** Reads the settings of a request; what is left out stays. */
    public TransportSetup changed(Fields settings) {
        var changed =
                switch (settings.optionalText(VIA, 10).orElseGet(via::text)) {
                    case "api" -> Via.API;
                    case "smtp" -> Via.SMTP;
                    default -> {
                        settings.error(VIA, "must be \"api\" or \"smtp\"");
                        yield via;
                    }
                };
        return new TransportSetup(new ApiTransport(tools, changed), Optional.empty());
    }

    @Override
    public String kind() {
        return tools.api().name();
    }

    @Override
    public String place() {
        return switch (via) {
            case API -> tools.api().title() + "'s API";
            case SMTP -> tools.api().title() + "'s SMTP server";
        };
    }

    @Override
    public ObjectNode stored() {
        var stored = JsonNodeFactory.instance.objectNode();
        return via == Via.API ? stored : stored.put(VIA, via.text());
    }

    @Override
    public Optional<Object> shown() {
        return Optional.of(new ApiSettings(via.text()));
    }

    @Override
    public Optional<String> note() {
        return Optional.empty();
    }

    /** Whoever gives access tokens reads the grant; here its version fences what was refused. */
    @Override
    public boolean needsCredential() {
        return true;
    }

    @Override
    public SendingLimits limits(String address) {
        return switch (via) {
            case API -> tools.limits().sending(address);
            case SMTP -> tools.smtp().limits(tools.api().smtpHost(address), address);
        };
    }

    @Override
    public TransportSetup change(UUID workspace, Fields settings, String address) {
        return changed(settings);
    }

    @Override
    public Optional<Objection> objection(MailboxKey mailbox, OutgoingMessage message) {
        return switch (via) {
            case API -> CheckMessage.of(tools, mailbox, message);
            case SMTP -> Optional.empty();
        };
    }

    @Override
    public boolean looksForSent() {
        return via == Via.API;
    }

    @Override
    public Verification verify(MailboxKey mailbox, Optional<Credential> credential) {
        return tools.find()
                .of(mailbox)
                .map(api ->
                        switch (via) {
                            case API -> new VerifyApi(tools, mailbox, api).verify();
                            case SMTP ->
                                    tools.smtp()
                                            .verify(
                                                    mailbox,
                                                    tools.api().smtpHost(api.address()),
                                                    api.address(),
                                                    tools.tokens());
                        })
                .orElseGet(() -> {
                    var problem = NoGrant.problem(tools.api());
                    return new Verification.Fails("not_connected", problem, Optional.of(problem));
                });
    }

    @Override
    public Connections connections(
            MailboxKey mailbox, Optional<Credential> credential, SendingLimits limits) {
        return tools.find()
                .of(mailbox)
                .map(api ->
                        switch (via) {
                            case API ->
                                    new ApiConnections(tools, mailbox, api, limits.connections());
                            case SMTP ->
                                    tools.smtp()
                                            .connections(
                                                    mailbox,
                                                    tools.api().smtpHost(api.address()),
                                                    api.address(),
                                                    tools.tokens(),
                                                    limits);
                        })
                .orElseGet(() -> new NoGrant(tools.api()));
    }
}
