package dev.postrider.transport.gmail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.credential.provider.AccessToken;
import dev.postrider.email.ProviderIds;
import dev.postrider.outbound.RequestBody;
import dev.postrider.transport.api.ApiCalls;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiLimits;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.MailApi;
import dev.postrider.transport.api.message.ApiMessage;
import dev.postrider.transport.api.message.MessageBody;
import dev.postrider.transport.api.message.MessageBody.Form;
import dev.postrider.transport.api.reply.ApiReply;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The Gmail API, version 1. */
final class GmailApi implements MailApi {
    static final String NAME = "gmail";

    private static final String MESSAGES = "/gmail/v1/users/me/messages";
    private static final String BOUNDARY = "postrider-5f1c0d9ab0e24d6f8f0f2c7d";

    private static final Set<String> SENDING =
            Set.of("gmail.send", "gmail.compose", "gmail.modify", "mail.google.com");
    private static final Set<String> LOOKING =
            Set.of("gmail.metadata", "gmail.readonly", "gmail.modify", "mail.google.com");
    private static final Set<String> PROFILE =
            Set.of(
                    "gmail.metadata",
                    "gmail.readonly",
                    "gmail.modify",
                    "gmail.compose",
                    "mail.google.com");
    private static final Set<String> ALIASES =
            Set.of("gmail.readonly", "gmail.modify", "gmail.settings.basic", "mail.google.com");

    private final ApiLimits limits = ApiLimits.load(NAME);
    private final ApiRequest request = new ApiRequest(limits);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Gmail";
    }

    @Override
    public String smtpHost(String address) {
        return "smtp.gmail.com";
    }

    @Override
    public Request handOver(
            ApiMessage message,
            String user,
            Optional<String> conversation,
            BooleanSupplier mayLeave) {
        if (message.size() <= limits.octetsInline()) {
            return post(
                    MESSAGES + "/send",
                    "application/json",
                    MessageBody.between(
                            "{\"raw\":\"",
                            message,
                            Form.BASE64_URL,
                            conversation
                                    .map(id -> "\",\"threadId\":\"" + id + "\"}")
                                    .orElse("\"}")),
                    mayLeave);
        }
        return conversation.isEmpty()
                ? post(
                        "/upload" + MESSAGES + "/send?uploadType=media",
                        "message/rfc822",
                        MessageBody.of(message, Form.OCTETS),
                        mayLeave)
                : post(
                        "/upload" + MESSAGES + "/send?uploadType=multipart",
                        "multipart/related; boundary=" + BOUNDARY,
                        MessageBody.between(
                                before(conversation.get()),
                                message,
                                Form.OCTETS,
                                "\r\n--" + BOUNDARY + "--\r\n"),
                        mayLeave);
    }

    private static String before(String conversation) {
        return "--"
                + BOUNDARY
                + "\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{\"threadId\":\""
                + conversation
                + "\"}\r\n--"
                + BOUNDARY
                + "\r\nContent-Type: message/rfc822\r\n\r\n";
    }

    private Request post(String target, String type, RequestBody body, BooleanSupplier mayLeave) {
        return token -> request.post(token, target, type, body, mayLeave);
    }

    /** Nothing but the API answers with a message's id; what says it is JSON may break off. */
    @Override
    public Optional<Taken> taken(ApiReply reply) {
        var id = reply.text("id");
        if (id.isPresent()) {
            return Optional.of(
                    new Taken(
                            "Sent by Gmail",
                            Optional.of(new ProviderIds(id.get(), reply.text("threadId")))));
        }
        return reply.saysJson() && !reply.isWhole()
                ? Optional.of(new Taken("Sent by Gmail; its answer broke off", Optional.empty()))
                : Optional.empty();
    }

    @Override
    public boolean mayLook(AccessToken token) {
        return token.scopes().stream().anyMatch(LOOKING::contains);
    }

    @Override
    public boolean maySend(AccessToken token) {
        return token.scopes().stream().anyMatch(SENDING::contains);
    }

    @Override
    public Found find(ApiCalls calls, String user, Search search) {
        return new LookInSent(calls, request, MESSAGES, search).find();
    }

    @Override
    public Owner owner(ApiCalls calls, String user, AccessToken token) {
        if (token.scopes().stream().noneMatch(PROFILE::contains)) {
            return new Owner.NotAsked();
        }
        return switch (calls.call(get("/gmail/v1/users/me/profile"))) {
            case Call.Success(var reply) ->
                    reply.text("emailAddress")
                            .<Owner>map(Owner.Address::new)
                            .orElseGet(Owner.NotAsked::new);
            case Call.NotAnswered failed -> new Owner.Failed(failed);
        };
    }

    @Override
    public Optional<Set<String>> aliases(ApiCalls calls, AccessToken token) {
        if (token.scopes().stream().noneMatch(ALIASES::contains)
                || !(calls.call(get("/gmail/v1/users/me/settings/sendAs"))
                        instanceof Call.Success(var reply))) {
            return Optional.empty();
        }
        var aliases = new HashSet<String>();
        for (var each : reply.json().path("sendAs")) {
            if (isVerified(each)) {
                aliases.add(each.path("sendAsEmail").asText().toLowerCase(Locale.ROOT));
            }
        }
        return Optional.of(aliases);
    }

    private static boolean isVerified(JsonNode alias) {
        return alias.path("isPrimary").asBoolean()
                || alias.path("verificationStatus").asText().equals("accepted");
    }

    private Request get(String target) {
        return token -> request.get(token, target);
    }
}
