package dev.postrider.transport.graph;

import dev.postrider.credential.provider.AccessToken;
import dev.postrider.transport.api.ApiCalls;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiLimits;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.DraftApi;
import dev.postrider.transport.api.MailApi;
import dev.postrider.transport.api.message.ApiMessage;
import dev.postrider.transport.api.message.MessageBody;
import dev.postrider.transport.api.message.MessageBody.Form;
import dev.postrider.transport.api.reply.ApiReply;
import dev.postrider.transport.graph.draft.GraphDrafts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Microsoft Graph, version 1.0. */
final class GraphApi implements MailApi {
    static final String NAME = "microsoft";

    private static final String VERSION = "/v1.0/";

    private static final Set<String> LOOKING =
            Set.of("mail.readbasic", "mail.read", "mail.readwrite", "mail.readbasic.all");

    /** Consumers have a host of their own. */
    private static final Set<String> CONSUMERS =
            Set.of("outlook.com", "hotmail.com", "live.com", "msn.com");

    private final ApiLimits limits = ApiLimits.load(NAME);
    private final ApiRequest request = new ApiRequest(limits);
    private final GraphDrafts drafts = new GraphDrafts(limits, request, VERSION);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Microsoft";
    }

    @Override
    public String smtpHost(String address) {
        return CONSUMERS.contains(address.substring(address.lastIndexOf('@') + 1))
                ? "smtp-mail.outlook.com"
                : "smtp.office365.com";
    }

    /** Neither JSON nor quotes: the base64 is the body. It knows no conversations. */
    @Override
    public Request handOver(
            ApiMessage message,
            String user,
            Optional<String> conversation,
            BooleanSupplier mayLeave) {
        return token ->
                request.request(
                        token,
                        "POST",
                        VERSION + user + "/sendMail",
                        Map.of(
                                "Content-Type",
                                "text/plain",
                                // support asks for it; it deduplicates nothing
                                "client-request-id",
                                UUID.randomUUID().toString()),
                        Optional.of(MessageBody.of(message, Form.BASE64)),
                        mayLeave);
    }

    /** 202 without a body is its answer, and nobody else's. */
    @Override
    public Optional<Taken> taken(ApiReply reply) {
        return reply.status() == 202 && reply.answer().body().text().isBlank()
                ? Optional.of(new Taken("Handed over to Microsoft", Optional.empty()))
                : Optional.empty();
    }

    @Override
    public Optional<DraftApi> drafts() {
        return Optional.of(drafts);
    }

    @Override
    public boolean mayLook(AccessToken token) {
        return token.scopes().stream().anyMatch(LOOKING::contains);
    }

    /** Tokens of an app by itself say other things. */
    @Override
    public boolean maySend(AccessToken token) {
        return token.scopes().stream()
                .anyMatch(scope -> scope.equals("mail.send") || scope.equals(".default"));
    }

    @Override
    public Found find(ApiCalls calls, String user, Search search) {
        return new LookInSentItems(calls, request, VERSION + user)
                .find(search.sought(), search.since());
    }

    /** An app by itself that may only send is refused this, which says nothing of the mailbox. */
    @Override
    public Owner owner(ApiCalls calls, String user, AccessToken token) {
        return switch (calls.call(
                each -> request.get(each, VERSION + user + "?$select=mail,userPrincipalName"))) {
            case Call.Success(var reply) ->
                    reply.text("mail")
                            .or(() -> reply.text("userPrincipalName"))
                            .<Owner>map(Owner.Address::new)
                            .orElseGet(Owner.NotAsked::new);
            case Call.Refused(var reply, _, _) when reply.status() == 403 && !user.equals("me") ->
                    new Owner.NotAsked();
            case Call.NotAnswered failed -> new Owner.Failed(failed);
        };
    }

    /** It ignores From in what it is handed over. */
    @Override
    public Optional<Set<String>> aliases(ApiCalls calls, AccessToken token) {
        return Optional.empty();
    }
}
