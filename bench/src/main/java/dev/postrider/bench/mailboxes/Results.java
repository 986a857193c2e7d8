package dev.postrider.bench.mailboxes;

import dev.postrider.bench.rig.Percentiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured until now, in the order of its page. */
final class Results {
    final List<Sent> sent = new ArrayList<>();
    final List<Held> held = new ArrayList<>();

    /** From an email's acceptance until it has arrived, by which mailboxes. */
    final Map<String, Percentiles> newcomers = new LinkedHashMap<>();
}
