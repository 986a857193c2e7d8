package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.node.POJONode;
import dev.postrider.flow.accept.RequestedAttachment;
import dev.postrider.flow.accept.RequestedAttachment.Place;
import dev.postrider.http.Fields;
import dev.postrider.mime.Draft;
import dev.postrider.mime.Source;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the attachments of a request, in the words of all SDKs. */
final class ReadAttachments {
    /** How many files an email carries. */
    static final int MAX_ATTACHMENTS = 100;

    static final int MAX_URL_LENGTH = 2_000;

    static final int MAX_CONTENT_TYPE = 255;

    private ReadAttachments() {}

    static List<RequestedAttachment> in(Fields email) {
        return email.objects("attachments", MAX_ATTACHMENTS).stream()
                .flatMap(attachment -> read(attachment).stream())
                .toList();
    }

    private static Optional<RequestedAttachment> read(Fields attachment) {
        var place = place(attachment);
        var contentType =
                attachment
                        .optionalText("content_type", MAX_CONTENT_TYPE)
                        .or(() -> attachment.optionalText("contentType", MAX_CONTENT_TYPE));
        var contentId =
                attachment
                        .optionalText("content_id", Draft.MAX_CONTENT_ID_LENGTH)
                        .or(() ->
                                attachment.optionalText(
                                        "inline_content_id", Draft.MAX_CONTENT_ID_LENGTH));
        var filename = filename(attachment);
        return place.map(found ->
                new RequestedAttachment(
                        filename.orElseGet(() -> lastSegment(found)),
                        contentType.orElse(""),
                        contentId.filter(id -> !id.isEmpty()),
                        found));
    }

    /** An SDK says {@code false} for none. */
    private static Optional<String> filename(Fields attachment) {
        return attachment.node("filename").filter(node -> !node.isBoolean()).isPresent()
                ? attachment.optionalText("filename", Draft.MAX_FILENAME_LENGTH)
                : Optional.empty();
    }

    private static Optional<Place> place(Fields attachment) {
        if (attachment.has("content") && attachment.has("path")) {
            attachment.error("path", "can't be together with content");
            return Optional.empty();
        }
        if (attachment.has("path")) {
            return attachment
                    .optionalText("path", MAX_URL_LENGTH)
                    .flatMap(text -> url(attachment, text))
                    .map(Place.There::new);
        }
        var content = attachment.node("content");
        if (content.isEmpty()) {
            attachment.error("content", "is missing: give content, or path to fetch it from");
            return Optional.empty();
        }
        if (content.get() instanceof POJONode node && node.getPojo() instanceof Source source) {
            return Optional.of(new Place.Here(source));
        }
        attachment.error("content", "must be base64, a text or a list of octets");
        return Optional.empty();
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
        attachment.error("path", "must be a URL that begins with https:// or http://");
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
