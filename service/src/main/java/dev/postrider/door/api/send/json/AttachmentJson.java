package dev.postrider.door.api.send.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.postrider.door.api.body.AttachmentContents.Content;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.flow.accept.RequestedAttachment;
import dev.postrider.flow.accept.RequestedAttachment.Place;
import dev.postrider.http.Fields;
import dev.postrider.mime.compose.Draft;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A file of an email, described and read, in the words of all SDKs. */
@Schema(name = "EmailAttachment", description = "Give content, or path to let the server fetch it.")
record AttachmentJson(
        @Schema(
                        description =
                                "Base64 in any usual form, a data: URL, a list of octets, or"
                                        + " {\"type\":\"Buffer\",\"data\":[...]}. Text that no base64 encoder would"
                                        + " write is taken as the content itself; text that could be either needs"
                                        + " encoding.")
                String content,
        @Schema(
                        description =
                                "How to read content. If left out, that is recognised from the content"
                                        + " itself.",
                        enumeration = {"base64", "text"})
                String encoding,
        @Schema(
                        description =
                                "A URL, fetched when the email is accepted; a request has up to 25, and"
                                        + " 20 seconds for all of them. A data: URL in base64 is"
                                        + " content, and may be as long.",
                        maxLength = MAX_URL_LENGTH)
                String path,
        @Schema(description = "A name without a path.", maxLength = Draft.MAX_FILENAME_LENGTH)
                String filename,
        @Schema(
                        description = "If left out, it is derived from the file's name.",
                        maxLength = MAX_CONTENT_TYPE)
                @JsonProperty("content_type")
                String contentType,
        @Schema(
                        description = "What cid: in the HTML refers to.",
                        maxLength = Draft.MAX_CONTENT_ID_LENGTH)
                @JsonProperty("content_id")
                String contentId) {
    static final int MAX_URL_LENGTH = 2_000;
    static final int MAX_CONTENT_TYPE = 255;

    private static final Set<String> NAMES = FieldNames.of(AttachmentJson.class);

    /** Other SDKs' words for the same. */
    private static final Set<String> ALIASES =
            Set.of("contentType", "contentId", "inline_content_id");

    static List<RequestedAttachment> in(Fields email) {
        return email.objects("attachments", EmailLimits.ATTACHMENTS).stream()
                .flatMap(attachment -> read(attachment).stream())
                .toList();
    }

    private static Optional<RequestedAttachment> read(Fields attachment) {
        attachment.refuseLookalikes(NAMES, ALIASES);
        var place = place(attachment);
        var contentType =
                attachment
                        .optionalText("content_type", MAX_CONTENT_TYPE)
                        .or(() -> attachment.optionalText("contentType", MAX_CONTENT_TYPE));
        var contentId =
                contentId(attachment, "content_id")
                        .or(() -> contentId(attachment, "contentId"))
                        .or(() -> contentId(attachment, "inline_content_id"));
        var filename = filename(attachment);
        return place.map(found ->
                new RequestedAttachment(
                        filename.orElseGet(() -> lastSegment(found)),
                        contentType.orElse(""),
                        contentId,
                        found));
    }

    private static Optional<String> contentId(Fields attachment, String name) {
        return attachment
                .optionalText(name, Draft.MAX_CONTENT_ID_LENGTH)
                .filter(id -> !id.isEmpty());
    }

    /** An SDK says {@code false} for none. */
    private static Optional<String> filename(Fields attachment) {
        return attachment.node("filename").filter(node -> !node.isBoolean()).isPresent()
                ? attachment.optionalText("filename", Draft.MAX_FILENAME_LENGTH)
                : Optional.empty();
    }

    private static Optional<Place> place(Fields attachment) {
        requireEncoding(attachment);
        if (attachment.has("content") && attachment.has("path")) {
            attachment.error("path", "can't be combined with content");
            return Optional.empty();
        }
        var path = attachment.node("path");
        if (path.isPresent() && !path.get().isPojo()) {
            return attachment
                    .optionalText("path", MAX_URL_LENGTH)
                    .flatMap(text -> url(attachment, text))
                    .map(Place.There::new);
        }
        var name = path.isPresent() ? "path" : "content";
        var content = attachment.node(name);
        if (content.isEmpty()) {
            attachment.missing("content", "is missing: give content, or path to fetch it from");
            return Optional.empty();
        }
        return switch (content.get() instanceof POJONode node ? node.getPojo() : null) {
            case Content.Known(var octets) -> Optional.of(new Place.Here(octets));
            case Content.Flawed(var reason) -> {
                attachment.error(name, reason);
                yield Optional.empty();
            }
            case null, default -> {
                attachment.error("content", "must be base64, a text or a list of octets");
                yield Optional.empty();
            }
        };
    }

    private static void requireEncoding(Fields attachment) {
        var encoding = attachment.optionalText("encoding", MAX_CONTENT_TYPE).orElse("text");
        if (!encoding.equals("base64") && !encoding.equals("text")) {
            attachment.error("encoding", "must be base64 or text");
        }
    }

    private static Optional<URI> url(Fields attachment, String text) {
        try {
            var url = new URI(text);
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException _) {
            // said below
        }
        attachment.error(
                "path", "must be a URL that begins with https:// or http://, or a data: URL");
        return Optional.empty();
    }

    private static String lastSegment(Place place) {
        return switch (place) {
            case Place.Here _ -> "";
            case Place.There(var url) -> {
                var path = url.getPath() == null ? "" : url.getPath();
                var name = path.substring(path.lastIndexOf('/') + 1);
                yield name.length() > Draft.MAX_FILENAME_LENGTH ? "" : name;
            }
        };
    }
}
