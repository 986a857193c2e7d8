package dev.postrider.spool;

import java.util.ArrayList;
import java.util.List;

/** The files that were fetched for a request, until it is answered. For one thread. */
public final class OpenFiles implements AutoCloseable {
    private final List<Octets> files = new ArrayList<>();

    public void add(Octets file) {
        files.add(file);
    }

    @Override
    public void close() {
        files.forEach(Octets::close);
    }
}
