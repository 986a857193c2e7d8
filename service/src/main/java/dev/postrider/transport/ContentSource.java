package dev.postrider.transport;

import dev.postrider.email.Content;
import java.io.InputStream;

/** Where contents are that were too large to come along with their email. */
@FunctionalInterface
public interface ContentSource {
    /** The content's octets, read as they are asked for; whoever opens it closes it. */
    InputStream open(Content.Stored content);
}
