package dev.postrider.mime.compose;

import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.header.ContentIds;
import dev.postrider.mime.html.DeriveText;
import dev.postrider.mime.text.TextLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

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
        Set<String> shown = shownBy(html);
        for (Attachment attachment : draft.attachments()) {
            String id = attachment.contentId();
            (id != null && shown.contains(id) ? images : files).add(new Part.File(attachment));
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
    private Set<String> shownBy(String html) {
        Set<String> ids =
                draft.attachments().stream()
                        .map(Attachment::contentId)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        return ids.isEmpty() ? Set.of() : ContentIds.referredTo(html, ids);
    }
}
