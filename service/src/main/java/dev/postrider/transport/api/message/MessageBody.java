package dev.postrider.transport.api.message;

import dev.postrider.outbound.RequestBody;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A message as the body of a request, with what stands around it. */
public final class MessageBody implements RequestBody {
    private final byte[] before;
    private final ApiMessage message;
    private final Form form;
    private final byte[] after;

    private MessageBody(String before, ApiMessage message, Form form, String after) {
        this.before = before.getBytes(StandardCharsets.UTF_8);
        this.message = message;
        this.form = form;
        this.after = after.getBytes(StandardCharsets.UTF_8);
    }

    /** How its octets are written. */
    public enum Form {
        /** As they are. */
        OCTETS {
            @Override
            long length(long octets) {
                return octets;
            }
        },
        /** In base64, padded and without line ends (RFC 4648 section 4). */
        BASE64 {
            @Override
            long length(long octets) {
                return (octets + 2) / 3 * 4;
            }
        },
        /** In base64url without padding (RFC 4648 section 5). */
        BASE64_URL {
            @Override
            long length(long octets) {
                return octets / 3 * 4 + (octets % 3 == 0 ? 0 : octets % 3 + 1);
            }
        };

        abstract long length(long octets);
    }

    public static MessageBody of(ApiMessage message, Form form) {
        return new MessageBody("", message, form, "");
    }

    /** Between two texts. */
    public static MessageBody between(String before, ApiMessage message, Form form, String after) {
        return new MessageBody(before, message, form, after);
    }

    @Override
    public long length() {
        return before.length + form.length(message.size()) + after.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(before);
        switch (form) {
            case OCTETS -> message.writeTo(out);
            case BASE64 -> encoded(out, Base64.getEncoder());
            case BASE64_URL -> encoded(out, Base64.getUrlEncoder().withoutPadding());
        }
        out.write(after);
    }

    /** The encoder writes its last characters when it is closed. */
    private void encoded(OutputStream out, Base64.Encoder encoder) throws IOException {
        try (var encoding = encoder.wrap(new Open(out))) {
            message.writeTo(encoding);
        }
    }

    /** Passes all on but the end. */
    private static final class Open extends FilterOutputStream {
        private Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        @Override
        public void close() {}
    }
}
