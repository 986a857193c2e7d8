package dev.postrider.testkit.provider.microsoft.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Drafts and what is in folders. */
record Messages(MicrosoftState microsoft, Mailboxes mailboxes, SendMail send) {
    /** A quote within the value is doubled. */
    private static final Pattern BY_MESSAGE_ID =
            Pattern.compile("internetMessageId eq '((?:[^']|'')*)'");

    private static final Pattern SENT_SINCE =
            Pattern.compile("sentDateTime ge ([0-9]{4}(?:-[0-9]{2}){2}T[0-9]{2}(?::[0-9]{2}){2}Z)");

    private static final int PAGE = 10;

    /** By MIME, or as a resource. */
    Response create(Admission.Admitted caller, Request request) {
        if (request.contentType().equals("text/plain")) {
            return Graph.mime(request)
                    .map(fields ->
                            created(
                                    caller,
                                    request,
                                    send.adopted(caller.user(), fields),
                                    List.of()))
                    .orElseGet(GraphError.INVALID_BASE64::response);
        }
        return request.json()
                .map(body ->
                        switch (JsonMessage.read(caller.user(), body)) {
                            case JsonMessage.Read.Bad(var error) -> error.response();
                            case JsonMessage.Read.Good(var fields, var files) ->
                                    created(caller, request, fields, files);
                        })
                .orElseGet(GraphError.BAD_REQUEST::response);
    }

    private Response created(
            Admission.Admitted caller, Request request, RawFields fields, List<byte[]> files) {
        Item item = Item.draft(fields, send.conversation(caller.user(), fields), microsoft.now());
        files.forEach(item::attach);
        mailboxes.of(caller.user()).add(item);
        return Response.json(201, new ItemJson(microsoft, request).of(item));
    }

    Response get(Admission.Admitted caller, Request request) {
        return withItem(
                caller,
                request,
                item -> Response.json(200, new ItemJson(microsoft, request).of(item)));
    }

    Response value(Admission.Admitted caller, Request request) {
        return withItem(
                caller,
                request,
                item -> new Response(200, Map.of(), item.fields().octets()).as("text/plain"));
    }

    /** What can be written while it is a draft. */
    Response update(Admission.Admitted caller, Request request) {
        Optional<ObjectNode> body = request.json();
        if (body.isEmpty()) {
            return GraphError.BAD_REQUEST.response();
        }
        return withItem(
                caller,
                request,
                item -> {
                    if (!item.isDraft(microsoft.now())) {
                        return GraphError.BAD_REQUEST.response();
                    }
                    RawFields fields = item.fields();
                    if (body.get().has("internetMessageId")) {
                        String id = body.get().path("internetMessageId").asText();
                        fields = fields.with("Message-ID", id);
                    }
                    if (body.get().has("subject")) {
                        fields = fields.with("Subject", body.get().path("subject").asText());
                    }
                    item.change(fields);
                    return Response.json(200, new ItemJson(microsoft, request).of(item));
                });
    }

    Response delete(Admission.Admitted caller, Request request) {
        return withItem(
                caller,
                request,
                item -> {
                    mailboxes.of(caller.user()).remove(item);
                    return Response.empty(204);
                });
    }

    /** The body is empty. */
    Response send(Admission.Admitted caller, Request request) {
        return withItem(caller, request, item -> send.send(caller, item));
    }

    /** A small file, in JSON. */
    Response attach(Admission.Admitted caller, Request request) {
        return withItem(
                caller,
                request,
                item ->
                        request.json()
                                .map(file -> {
                                    item.attach(JsonMessage.contents(file));
                                    return Response.json(
                                            201,
                                            Json.object().put("name", file.path("name").asText()));
                                })
                                .orElseGet(GraphError.BAD_REQUEST::response));
    }

    Response withItem(Admission.Admitted caller, Request request, Function<Item, Response> then) {
        return mailboxes
                .of(caller.user())
                .find(request.segment("id"), microsoft.now())
                .map(then)
                .orElseGet(GraphError.NOT_FOUND::response);
    }

    Response folder(Admission.Admitted caller, Request request) {
        return Folder.of(request.segment("folder"))
                .map(folder ->
                        Response.json(
                                200,
                                Json.object()
                                        .put("id", folder.path())
                                        .put("displayName", folder.displayName())
                                        .put(
                                                "totalItemCount",
                                                mailboxes
                                                        .of(caller.user())
                                                        .in(folder, microsoft.now())
                                                        .size())))
                .orElseGet(GraphError.NOT_FOUND::response);
    }

    /** The newest first; {@code $filter} by Message-ID, or by the time since it was sent. */
    Response list(Admission.Admitted caller, Request request) {
        Optional<Folder> folder = Folder.of(request.segment("folder"));
        if (folder.isEmpty()) {
            return GraphError.NOT_FOUND.response();
        }
        Optional<Predicate<Item>> filter = filter(request.query().text("$filter"));
        if (filter.isEmpty()) {
            return GraphError.INVALID_FILTER.response();
        }
        String top = request.query().text("$top");
        ObjectNode body = Json.object().put("@odata.context", "fake");
        var items = body.putArray("value");
        mailboxes.of(caller.user()).in(folder.get(), microsoft.now()).stream()
                .filter(filter.get())
                .limit(top.matches("[0-9]{1,3}") ? Integer.parseInt(top) : PAGE)
                .forEach(item -> items.add(new ItemJson(microsoft, request).of(item)));
        return Response.json(200, body);
    }

    /** Empty for one that isn't understood. */
    private static Optional<Predicate<Item>> filter(String text) {
        if (text.isEmpty()) {
            return Optional.of(any -> true);
        }
        Matcher byMessageId = BY_MESSAGE_ID.matcher(text);
        if (byMessageId.matches()) {
            var wanted = Optional.of(byMessageId.group(1).replace("''", "'"));
            return Optional.of(item -> item.fields().get("Message-ID").equals(wanted));
        }
        Matcher bySending = SENT_SINCE.matcher(text);
        if (!bySending.matches()) {
            return Optional.empty();
        }
        Instant since = Instant.parse(bySending.group(1));
        return Optional.of(item -> !item.at().isBefore(since));
    }
}
