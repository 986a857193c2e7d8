package dev.postrider.testkit.recorder;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A provider with an account that may be asked. */
public interface Provider {
    /** {@code google}. */
    String name();

    /**
     * Signs in and finds out whose account it is, which must be known before anything is sent.
     *
     * @return the scopes granted
     * @throws IOException when it isn't to be had, with words for people
     */
    Set<String> begin() throws IOException, InterruptedException;

    /** In the order in which they are to be asked. */
    List<Probe> probes();
}
