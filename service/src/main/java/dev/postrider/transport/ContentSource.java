package dev.postrider.transport;

import dev.postrider.email.Content;
import java.io.InputStream;

/** Where contents are that were too large to come along with their email. */
@FunctionalInterface
public interface ContentSource {
    /**
     * Some of the content's octets, read as they are asked for; whoever opens it closes it.
     *
     * @param from the index of the first
     */
    InputStream open(Content.Stored content, long from, long length);

    /** All of them. */
    default InputStream open(Content.Stored content) {
        return open(content, 0, content.size());
    }
}
