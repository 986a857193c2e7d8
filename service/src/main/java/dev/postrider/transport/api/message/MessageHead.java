package dev.postrider.transport.api.message;

import dev.postrider.mime.address.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a message's header that decide what an API makes of it. */
public final class MessageHead {
    /** Beyond any header that is accepted. */
    private static final int MAX_OCTETS = 1024 * 1024;

    private static final int MAX_ADDRESSES = 4_000;

    private final Map<String, List<String>> fields;

    private MessageHead(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** Reads up to the empty line; the stream stays open. */
    public static MessageHead read(InputStream content) throws IOException {
        var fields = new HashMap<String, List<String>>();
        var field = new StringBuilder();
        for (var line : lines(content)) {
            if (!line.startsWith(" ") && !line.startsWith("\t")) {
                add(fields, field.toString());
                field.setLength(0);
            }
            field.append(line);
        }
        add(fields, field.toString());
        return new MessageHead(fields);
    }

    private static List<String> lines(InputStream content) throws IOException {
        var lines = new ArrayList<String>();
        var line = new ByteArrayOutputStream();
        var octets = 0;
        while (octets++ < MAX_OCTETS) {
            var octet = content.read();
            if (octet < 0 || octet == '\n') {
                var text = line.toString(StandardCharsets.UTF_8);
                if (text.isEmpty()) {
                    return lines;
                }
                lines.add(text);
                line.reset();
                if (octet < 0) {
                    return lines;
                }
            } else if (octet != '\r') {
                line.write(octet);
            }
        }
        return lines;
    }

    private static void add(Map<String, List<String>> fields, String field) {
        var colon = field.indexOf(':');
        if (colon > 0) {
            fields.computeIfAbsent(
                            field.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            _ -> new ArrayList<>())
                    .add(field.substring(colon + 1).strip());
        }
    }

    /** Whom To and Cc name, each as {@link #key}. */
    public Set<String> named() {
        var named = new HashSet<String>();
        for (var name : List.of("to", "cc")) {
            addresses(name).forEach(address -> named.add(key(address.addrSpec())));
        }
        return named;
    }

    /** Its fields' names, in lower case. */
    public Set<String> names() {
        return Set.copyOf(fields.keySet());
    }

    /** The values of all fields of a name, unfolded, as they are written. */
    public List<String> values(String name) {
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    /** The author's address; empty when there isn't just one. */
    public Optional<String> from() {
        var from = addresses("from");
        return from.size() == 1 ? Optional.of(from.getFirst().addrSpec()) : Optional.empty();
    }

    /** The message that it answers, in angle brackets. */
    public Optional<String> inReplyTo() {
        return fields.getOrDefault("in-reply-to", List.of()).stream()
                .findFirst()
                .map(text -> text.replaceFirst("^[^<]*(<[^<>]*>).*$", "$1"))
                .filter(id -> id.startsWith("<") && id.endsWith(">"));
    }

    /** Whom a field names; what is no address is left out. */
    public List<Address> addresses(String name) {
        return fields.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Address.parseList(value, MAX_ADDRESSES).stream())
                .filter(Address.class::isInstance)
                .map(Address.class::cast)
                .toList();
    }

    /** What addresses are compared by. */
    public static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
