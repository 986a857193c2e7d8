package dev.postrider.door.api.track;

import dev.postrider.http.Page;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A page of an email's attachments, in their order in the message. */
final class AttachmentPage {
    private AttachmentPage() {}

    /**
     * Their places. Nothing stands behind or in front of an id that is none of theirs.
     *
     * @param count how many attachments the email has
     */
    static Page.Items<Integer> of(UUID emailId, int count, Page page) {
        var all = IntStream.range(0, count).boxed().toList();
        var ids = all.stream().map(index -> AttachmentId.of(emailId, index)).toList();
        var cursor = page.cursor().map(ids::indexOf);
        if (cursor.filter(index -> index < 0).isPresent()) {
            return new Page.Items<>(List.of(), false);
        }
        if (page.isBackward()) {
            var end = cursor.orElse(count);
            var start = Math.max(0, end - page.limit());
            return new Page.Items<>(all.subList(start, end), start > 0);
        }
        var start = cursor.map(index -> index + 1).orElse(0);
        var end = Math.min(count, start + page.limit());
        return new Page.Items<>(all.subList(start, end), end < count);
    }
}
