package dev.postrider.testkit.provider.microsoft.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

    private static final Pattern SINCE = Pattern.compile("sentDateTime ge ([0-9TZ:.-]{20,30})");

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
            Admission.Admitted caller, Request request, RawFields fields, List<Attachment> files) {
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
                                    Attachment added = Attachment.of(Secrets.token(30), file);
                                    item.attach(added);
                                    return Response.json(201, added.json());
                                })
                                .orElseGet(GraphError.BAD_REQUEST::response));
    }

    Response attachments(Admission.Admitted caller, Request request) {
        return withItem(
                caller,
                request,
                item -> {
                    ObjectNode body = Json.object();
                    var all = body.putArray("value");
                    item.attachments().forEach(file -> all.add(file.json()));
                    return Response.json(200, body);
                });
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

    /** The newest first; {@code $filter} by Message-ID, or by when it was sent. */
    Response list(Admission.Admitted caller, Request request) {
        Optional<Folder> folder = Folder.of(request.segment("folder"));
        if (folder.isEmpty()) {
            return GraphError.NOT_FOUND.response();
        }
        Optional<Predicate<Item>> filter = filter(request.query().text("$filter"));
        if (filter.isEmpty()) {
            return GraphError.INVALID_FILTER.response();
        }
        List<Item> found =
                mailboxes.of(caller.user()).in(folder.get(), microsoft.now()).stream()
                        .filter(filter.get())
                        .toList();
        int from = number(request, "$skip").orElse(0);
        int size = number(request, "$top").orElse(PAGE);
        ObjectNode body = Json.object().put("@odata.context", "fake");
        var items = body.putArray("value");
        found.stream()
                .skip(from)
                .limit(size)
                .forEach(item -> items.add(new ItemJson(microsoft, request).of(item)));
        if (from + size < found.size()) {
            body.put("@odata.nextLink", after(request, from + size));
        }
        return Response.json(200, body);
    }

    /** What all items pass without a filter; empty when it isn't known. */
    private static Optional<Predicate<Item>> filter(String filter) {
        if (filter.isEmpty()) {
            return Optional.of(item -> true);
        }
        Matcher id = BY_MESSAGE_ID.matcher(filter);
        if (id.matches()) {
            String wanted = id.group(1).replace("''", "'");
            return Optional.of(item -> item.fields().get("Message-ID").equals(Optional.of(wanted)));
        }
        Matcher time = SINCE.matcher(filter);
        return time.matches()
                ? Optional.of(item -> !item.at().isBefore(Instant.parse(time.group(1))))
                : Optional.empty();
    }

    private static Optional<Integer> number(Request request, String name) {
        return request.query()
                .get(name)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::valueOf);
    }

    /** A whole URL, as Graph has it. */
    private static String after(Request request, int skip) {
        StringBuilder query = new StringBuilder();
        for (String name : List.of("$filter", "$select", "$orderby", "$top")) {
            request.query()
                    .get(name)
                    .ifPresent(value ->
                            query.append(name)
                                    .append('=')
                                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                                    .append('&'));
        }
        return "https://graph.microsoft.com" + request.path() + "?" + query + "$skip=" + skip;
    }
}
