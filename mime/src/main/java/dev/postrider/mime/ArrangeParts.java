package dev.postrider.mime;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Arranges a draft's contents as every mail reader expects them: {@code mixed(alternative(text,
 * related(html, images), calendar), files)}, leaving out each level that would hold one part only.
 */
final class ArrangeParts {
    private final Draft draft;
    private final List<Part> images = new ArrayList<>();
    private final List<Part> files = new ArrayList<>();

    private ArrangeParts(Draft draft) {
        this.draft = draft;
    }

    static Part of(Draft draft) {
        return new ArrangeParts(draft).arrange();
    }

    private Part arrange() {
        String html = draft.html() == null ? "" : draft.html();
        for (Attachment attachment : draft.attachments()) {
            (isShownBy(html, attachment) ? images : files).add(new Part.File(attachment));
        }
        List<Part> body = new ArrayList<>();
        String text = draft.text() == null ? DeriveText.from(html) : draft.text();
        if (!text.isBlank() || (html.isEmpty() && draft.invitation() == null)) {
            body.add(Part.Text.of("plain", text));
        }
        if (!html.isEmpty()) {
            images.addFirst(Part.Text.of("html", html));
            body.add(group(Part.Kind.RELATED, images));
        }
        addInvitation(body);
        files.addFirst(group(Part.Kind.ALTERNATIVE, body));
        return group(Part.Kind.MIXED, files);
    }

    private void addInvitation(List<Part> body) {
        Invitation invitation = draft.invitation();
        if (invitation == null) {
            return;
        }
        body.add(
                new Part.Text(
                        "calendar",
                        "; method=" + invitation.method().toUpperCase(Locale.ROOT),
                        invitation.ics()));
        if (invitation.attached()) {
            byte[] octets = TextLines.of(invitation.ics()).getBytes(StandardCharsets.UTF_8);
            Attachment file = Attachment.file("invite.ics", Source.of(octets));
            files.add(new Part.File(file.as("application/ics")));
        }
    }

    private static Part group(Part.Kind kind, List<Part> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Part.Multi(kind, parts);
    }

    /** A related part that the HTML doesn't refer to would be shown by no reader at all. */
    private static boolean isShownBy(String html, Attachment attachment) {
        String id = attachment.contentId();
        return id != null
                && (html.contains("cid:" + id)
                        || html.contains("cid:" + URLEncoder.encode(id, StandardCharsets.UTF_8)));
    }
}
