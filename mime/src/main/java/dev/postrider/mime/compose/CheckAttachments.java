package dev.postrider.mime.compose;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what is wrong with the names and types of attachments; their content is anybody's. */
final class CheckAttachments {
    private final Flaws flaws;
    private final Set<String> contentIds = new HashSet<>();

    private CheckAttachments(Flaws flaws) {
        this.flaws = flaws;
    }

    static void check(List<Attachment> attachments, Flaws flaws) {
        CheckAttachments check = new CheckAttachments(flaws);
        for (int i = 0; i < attachments.size(); i++) {
            check.check("attachments[" + i + "].", attachments.get(i));
        }
    }

    private void check(String prefix, Attachment attachment) {
        filename(prefix + "filename", attachment.filename());
        contentType(prefix + "content_type", attachment.contentType());
        if (attachment.contentId() != null) {
            contentId(prefix + "content_id", attachment.contentId());
        }
    }

    private void filename(String field, String filename) {
        flaws.line(field, filename, Draft.MAX_FILENAME_LENGTH);
        flaws.addIf(
                filename.indexOf('/') >= 0 || filename.indexOf('\\') >= 0,
                field,
                Flaw.Kind.MALFORMED,
                "This must be a name, not a path; leave out the slashes.");
    }

    private void contentType(String field, String contentType) {
        if (contentType.isBlank()) {
            return;
        }
        flaws.line(field, contentType, MediaType.MAX_LENGTH);
        MediaType type = MediaType.parse(contentType);
        flaws.addIf(
                type == null,
                field,
                Flaw.Kind.MALFORMED,
                "This isn't a media type such as application/pdf or text/csv; charset=utf-8.");
        flaws.addIf(
                type != null && type.isMultipart(),
                field,
                Flaw.Kind.MALFORMED,
                "A multipart type describes a message's structure, not a file.");
    }

    private void contentId(String field, String contentId) {
        flaws.line(field, contentId, Draft.MAX_CONTENT_ID_LENGTH);
        flaws.addIf(
                contentId.isEmpty() || !contentId.chars().allMatch(MessageId::isInner),
                field,
                Flaw.Kind.MALFORMED,
                "A content id is visible ASCII without spaces and angle brackets.");
        flaws.addIf(
                !contentIds.add(contentId),
                field,
                Flaw.Kind.CONFLICT,
                "Another attachment has the same content id.");
    }
}
