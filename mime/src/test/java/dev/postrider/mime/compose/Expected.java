package dev.postrider.mime.compose;

import dev.postrider.mime.encoding.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What a reader should find in the message of a draft, worked out apart from the composer. */
public final class Expected {
    private Expected() {}

    public static Reading readingOf(Draft draft) {
        return new Reading(
                draft.subject(),
                List.of(draft.from()),
                draft.replyTo(),
                draft.to(),
                draft.cc(),
                texts(draft),
                files(draft));
    }

    /** Lines as every reader shows them, the last one ended too. */
    public static String lines(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        return lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
    }

    private static List<String> texts(Draft draft) {
        List<String> texts = new ArrayList<>();
        String text = draft.text() == null ? "" : draft.text();
        boolean alone = draft.html() == null && draft.invitation() == null;
        if (!text.isBlank() || alone) {
            texts.add("plain: " + lines(text));
        }
        if (draft.html() != null) {
            texts.add("html: " + lines(draft.html()));
        }
        if (draft.invitation() != null) {
            texts.add("calendar: " + lines(draft.invitation().ics()));
        }
        return texts;
    }

    private static List<Reading.File> files(Draft draft) {
        List<Reading.File> files = new ArrayList<>();
        draft.attachments().forEach(attachment -> files.add(file(attachment)));
        Invitation invitation = draft.invitation();
        if (invitation != null && invitation.attached()) {
            byte[] ics =
                    lines(invitation.ics()).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            Attachment file = Attachment.file("invite.ics", Source.of(ics)).as("application/ics");
            files.add(file(file));
        }
        return files;
    }

    private static Reading.File file(Attachment attachment) {
        String id = attachment.contentId();
        return new Reading.File(
                attachment.filename().strip(),
                type(attachment),
                attachment.disposition().name().toLowerCase(Locale.ROOT),
                id == null ? "" : "<" + id + ">",
                HexFormat.of().formatHex(content(attachment)));
    }

    private static String type(Attachment attachment) {
        if (!attachment.contentType().isEmpty()) {
            return attachment.contentType().toLowerCase(Locale.ROOT).replaceFirst(";.*", "");
        }
        String name = attachment.filename();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "pdf" -> "application/pdf";
            case "png" -> "image/png";
            case "txt" -> "text/plain";
            default -> "application/octet-stream";
        };
    }

    private static byte[] content(Attachment attachment) {
        try (var in = attachment.content().open()) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
