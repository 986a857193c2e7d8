package dev.postrider.door.api.track;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/**
 * What a kept message says, read out of its bytes, which are the one place where that is stored.
 * What can't be read, in a message that its caller composed, is left out.
 *
 * @param text of the first plain part that is no attachment
 * @param html of the first HTML part that is no attachment
 */
record MessageParts(Optional<String> text, Optional<String> html, List<File> files) {
    private static final MimeConfig LENIENT =
            MimeConfig.custom()
                    .setMaxLineLen(-1)
                    .setMaxHeaderLen(-1)
                    .setMaxHeaderCount(-1)
                    .setMaxContentLen(-1)
                    .build();

    /** An attachment. */
    record File(
            int index,
            String filename,
            String contentType,
            Optional<String> contentId,
            boolean isInline,
            long size) {}

    static MessageParts of(byte[] message) {
        var read = new Reading(-1);
        read.all(message);
        return new MessageParts(
                Optional.ofNullable(read.text), Optional.ofNullable(read.html), read.files);
    }

    /** The octets of one attachment; empty when there is none at that index. */
    static Optional<byte[]> file(byte[] message, int index) {
        var read = new Reading(index);
        read.all(message);
        return Optional.ofNullable(read.wanted);
    }

    private static final class Reading {
        private final int wantedIndex;
        private final List<File> files = new ArrayList<>();
        private @Nullable String text;
        private @Nullable String html;
        private byte @Nullable [] wanted;

        Reading(int wantedIndex) {
            this.wantedIndex = wantedIndex;
        }

        void all(byte[] message) {
            var tokens =
                    new MimeTokenStream(
                            LENIENT,
                            new DefaultBodyDescriptorBuilder(
                                    null, LenientFieldParser.getParser(), DecodeMonitor.SILENT));
            // a message within the message is a file
            tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
            tokens.parse(new ByteArrayInputStream(message));
            try {
                for (var state = tokens.getState();
                        state != EntityState.T_END_OF_STREAM;
                        state = tokens.next()) {
                    if (state == EntityState.T_BODY
                            && tokens.getBodyDescriptor() instanceof MaximalBodyDescriptor part) {
                        part(part, tokens);
                    }
                }
            } catch (MimeException _) {
                // what was read so far is what can be shown
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void part(MaximalBodyDescriptor part, MimeTokenStream tokens) throws IOException {
            var type = part.getMimeType().toLowerCase(Locale.ROOT);
            var isFile =
                    part.getContentDispositionFilename() != null
                            || "attachment".equalsIgnoreCase(part.getContentDispositionType())
                            || part.getContentId() != null;
            try (var in = tokens.getDecodedInputStream()) {
                if (!isFile && text == null && type.equals("text/plain")) {
                    text = words(in, part.getCharset());
                } else if (!isFile && html == null && type.equals("text/html")) {
                    html = words(in, part.getCharset());
                } else {
                    file(part, type, in);
                }
            }
        }

        private void file(MaximalBodyDescriptor part, String type, InputStream in)
                throws IOException {
            long size;
            if (files.size() == wantedIndex) {
                wanted = in.readAllBytes();
                size = wanted.length;
            } else {
                size = in.transferTo(OutputStream.nullOutputStream());
            }
            var filename = part.getContentDispositionFilename();
            files.add(
                    new File(
                            files.size(),
                            filename == null ? "" : filename,
                            type,
                            Optional.ofNullable(part.getContentId())
                                    .map(id -> id.replaceAll("^<|>$", "")),
                            "inline".equalsIgnoreCase(part.getContentDispositionType()),
                            size));
        }

        private static String words(InputStream in, String charset) throws IOException {
            Charset known;
            try {
                known = Charset.forName(charset);
            } catch (IllegalArgumentException _) {
                known = StandardCharsets.UTF_8;
            }
            var words = new String(in.readAllBytes(), known).replace("\r\n", "\n");
            // a message ends with a line end, whatever its sender wrote
            return words.endsWith("\n") ? words.substring(0, words.length() - 1) : words;
        }
    }
}
