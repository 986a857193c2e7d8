package dev.postrider.testkit.postfix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file beside this class, with {@code @names@} to fill in. */
record Template(String name) {

    private static final Pattern HOLE = Pattern.compile("@(\\w+)@");

    void write(Path folder, Map<String, ?> values) throws IOException {
        var filled = HOLE.matcher(text()).replaceAll(hole -> value(hole.group(1), values));
        var file = Files.writeString(folder.resolve(name), filled);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private String text() throws IOException {
        try (var resource = Template.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("no resource " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String value(String hole, Map<String, ?> values) {
        var value = values.get(hole);
        if (value == null) {
            throw new IllegalArgumentException(name + " needs a value for " + hole);
        }
        return Matcher.quoteReplacement(value.toString());
    }
}
