package dev.postrider.transport.graph.draft;

import dev.postrider.outbound.RequestBody;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.MailApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Requests about a mailbox's drafts. Each asks for immutable ids: without them an id changes as the
 * draft is sent.
 *
 * @param user the path of the mailbox, with the version
 */
record DraftCalls(ApiRequest request, String user) {
    private static final String JSON = "application/json";

    MailApi.Request create(RequestBody body, BooleanSupplier mayLeave) {
        return call("POST", user + "/messages", Optional.of(body), mayLeave);
    }

    MailApi.Request addFile(String draft, RequestBody body, BooleanSupplier mayLeave) {
        return call("POST", of(draft) + "/attachments", Optional.of(body), mayLeave);
    }

    MailApi.Request upload(String draft, RequestBody body, BooleanSupplier mayLeave) {
        return call(
                "POST",
                of(draft) + "/attachments/createUploadSession",
                Optional.of(body),
                mayLeave);
    }

    MailApi.Request files(String draft) {
        return get(of(draft) + "/attachments?$select=id,name,size");
    }

    MailApi.Request send(String draft, BooleanSupplier mayLeave) {
        return call("POST", of(draft) + "/send", Optional.empty(), mayLeave);
    }

    MailApi.Request delete(String draft) {
        return call("DELETE", of(draft), Optional.empty(), () -> true);
    }

    MailApi.Request find(String draft) {
        return get(of(draft) + "?$select=id,isDraft,conversationId");
    }

    MailApi.Request drafts(String messageId) {
        // a quote is doubled in a filter's text
        var filter = "internetMessageId eq '" + messageId.replace("'", "''") + "'";
        return get(
                user
                        + "/mailFolders/drafts/messages?$select=id&$filter="
                        + encoded(filter).replace("+", "%20"));
    }

    private MailApi.Request get(String target) {
        return call("GET", target, Optional.empty(), () -> true);
    }

    private String of(String draft) {
        return user + "/messages/" + encoded(draft);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private MailApi.Request call(
            String method, String target, Optional<RequestBody> body, BooleanSupplier mayLeave) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Prefer", "IdType=\"ImmutableId\"");
        // support asks for it; it deduplicates nothing
        headers.put("client-request-id", UUID.randomUUID().toString());
        body.ifPresent(_ -> headers.put("Content-Type", JSON));
        return token -> request.request(token, method, target, Map.copyOf(headers), body, mayLeave);
    }
}
