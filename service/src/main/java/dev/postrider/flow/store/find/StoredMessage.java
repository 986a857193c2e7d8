package dev.postrider.flow.store.find;

import dev.postrider.email.EmailKey;
import dev.postrider.mime.read.MessagePart;
import java.io.InputStream;

/** A message that somebody may see, read in slices while it is handed out. */
public record StoredMessage(EmailKey email, int octets, StoredContents contents) {
    /** All of it, as it is sent. */
    public InputStream open() {
        return contents.open(email, octets);
    }

    /** One of its files, decoded. */
    public InputStream open(MessagePart file) {
        return file.decode(
                contents.open(
                        email,
                        octets,
                        Math.toIntExact(file.offset()),
                        Math.toIntExact(file.length())));
    }
}
