package dev.postrider.door.api.track;

import dev.postrider.http.Page;
import java.util.List;
import java.util.UUID;

/** A page of an email's attachments, in their order in the message. */
final class PartOfFiles {
    private PartOfFiles() {}

    /** Nothing stands behind or in front of an id that is none of theirs. */
    static Page.Items<MessageParts.File> of(
            UUID emailId, List<MessageParts.File> files, Page page) {
        var ids = files.stream().map(file -> AttachmentId.of(emailId, file.index())).toList();
        var cursor = page.cursor().map(ids::indexOf);
        if (cursor.filter(index -> index < 0).isPresent()) {
            return new Page.Items<>(List.of(), false);
        }
        if (page.isBackward()) {
            var end = cursor.orElse(files.size());
            var start = Math.max(0, end - page.limit());
            return new Page.Items<>(files.subList(start, end), start > 0);
        }
        var start = cursor.map(index -> index + 1).orElse(0);
        var end = Math.min(files.size(), start + page.limit());
        return new Page.Items<>(files.subList(start, end), end < files.size());
    }
}
