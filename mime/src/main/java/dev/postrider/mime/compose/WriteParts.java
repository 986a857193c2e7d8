package dev.postrider.mime.compose;

import dev.postrider.mime.encoding.Base64Stream;
import dev.postrider.mime.encoding.EncodedText;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.encoding.TransferEncoding;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes a message's parts: each one's own header fields, an empty line, its encoded body. */
final class WriteParts {
    private final Pieces out;

    /**
     * Begins each part's boundary, the same for the same Message-ID, so that a draft composes to
     * the same bytes each time. No encoded body can contain {@code --=_} at a line's start: see RFC
     * 2045 section 6.7, and {@link EncodedText} for 7bit.
     */
    private final String boundaryStem;

    private int boundaries;

    WriteParts(Pieces out, String messageId) {
        this.out = out;
        this.boundaryStem =
                "=_" + UUID.nameUUIDFromBytes(messageId.getBytes(StandardCharsets.UTF_8));
    }

    void write(Part part) {
        switch (part) {
            case Part.Text text -> write(text);
            case Part.File file -> write(file.attachment());
            case Part.Multi multi -> write(multi);
        }
    }

    private void write(Part.Text part) {
        EncodedText encoded = EncodedText.of(part.text());
        text().append("Content-Type: text/").append(part.subtype());
        text().append("; charset=utf-8").append(part.parameters()).append("\r\n");
        transferEncoding(encoded.encoding());
        text().append("\r\n");
        out.add(Source.of(encoded.body().getBytes(StandardCharsets.US_ASCII)));
    }

    private void write(Part.Multi multi) {
        String boundary = boundaryStem + "_" + boundaries++;
        text().append("Content-Type: multipart/").append(multi.kind().subtype());
        if (multi.kind() == Part.Kind.RELATED) {
            Parameter.append(text(), "type", "text/html");
        }
        Parameter.append(text(), "boundary", boundary);
        text().append("\r\n");
        for (Part part : multi.parts()) {
            text().append("\r\n--").append(boundary).append("\r\n");
            write(part);
        }
        text().append("\r\n--").append(boundary).append("--\r\n");
    }

    private void write(Attachment file) {
        String filename = file.filename().strip();
        contentType(file, filename);
        text().append("Content-Disposition: ").append(file.disposition().token());
        if (!filename.isEmpty()) {
            Parameter.appendFilename(text(), filename);
        }
        text().append("\r\n");
        if (file.contentId() != null) {
            text().append("Content-ID: <").append(file.contentId()).append(">\r\n");
        }
        transferEncoding(TransferEncoding.BASE64);
        text().append("\r\n");
        out.add(Base64Stream.of(file.content()));
    }

    /**
     * A message as an attachment must not be in base64 (RFC 2046 section 5.2.1) and may not be fit
     * for anything else, so it travels as plain octets; its file name still opens it.
     */
    private void contentType(Attachment file, String filename) {
        String given =
                file.contentType().isBlank()
                        ? MediaTypeByName.of(filename)
                        : file.contentType().strip();
        MediaType parsed = MediaType.parse(given);
        MediaType type = parsed == null || parsed.isMessage() ? MediaType.OCTETS : parsed;
        text().append("Content-Type: ").append(type.name());
        for (var parameter : type.parameters()) {
            if (!parameter.getKey().equals("name")) {
                Parameter.append(text(), parameter.getKey(), parameter.getValue());
            }
        }
        if (!filename.isEmpty()) {
            Parameter.appendNameForOldReaders(text(), filename);
        }
        text().append("\r\n");
    }

    private void transferEncoding(TransferEncoding encoding) {
        text().append("Content-Transfer-Encoding: ").append(encoding.token()).append("\r\n");
    }

    private StringBuilder text() {
        return out.text();
    }
}
