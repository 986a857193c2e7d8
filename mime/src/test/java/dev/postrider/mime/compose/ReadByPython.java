package dev.postrider.mime.compose;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.Addresses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a directory of messages as Python's {@code email} package does, in one process. */
public final class ReadByPython {
    private static final List<String> TEXTS = List.of("plain", "html", "calendar");

    private ReadByPython() {}

    /** What each file says. */
    static Map<String, Reading> readAll(Path directory) throws IOException, InterruptedException {
        return run("read_messages.py", directory)
                .lines()
                .map(Fact::parse)
                .collect(groupingBy(Fact::message))
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, entry -> reading(entry.getValue())));
    }

    /** What a script of ours says about the files in a directory. */
    public static String run(String name, Path directory) throws IOException, InterruptedException {
        Path script = Files.createTempFile("read", ".py");
        try (InputStream source = ReadByPython.class.getResourceAsStream(name)) {
            Files.write(script, source.readAllBytes());
            Process python =
                    new ProcessBuilder("python3", script.toString(), directory.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String facts =
                    new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (python.waitFor() != 0) {
                throw new IOException("python3 ended with " + python.exitValue());
            }
            return facts;
        } finally {
            Files.delete(script);
        }
    }

    private static Reading reading(List<Fact> facts) {
        return new Reading(
                named(facts, "subject").findFirst().orElseThrow().text(0),
                addresses(facts, "from"),
                addresses(facts, "reply-to"),
                addresses(facts, "to"),
                addresses(facts, "cc"),
                facts.stream()
                        .filter(fact -> TEXTS.contains(fact.name()))
                        .map(fact -> fact.name() + ": " + fact.text(0).replace("\r\n", "\n"))
                        .toList(),
                named(facts, "file").map(ReadByPython::file).toList());
    }

    private static Reading.File file(Fact fact) {
        return new Reading.File(
                fact.text(0),
                fact.text(1),
                fact.text(2),
                fact.text(3),
                HexFormat.of().formatHex(fact.values().get(4)));
    }

    private static List<Address> addresses(List<Fact> facts, String header) {
        return named(facts, header)
                .map(fact -> Addresses.address(fact.text(0), fact.text(1)))
                .toList();
    }

    private static Stream<Fact> named(List<Fact> facts, String name) {
        return facts.stream().filter(fact -> fact.name().equals(name));
    }

    private record Fact(String message, String name, List<byte[]> values) {
        static Fact parse(String line) {
            String[] columns = line.split("\t", -1);
            List<byte[]> values =
                    Arrays.stream(columns).skip(2).map(Base64.getDecoder()::decode).toList();
            return new Fact(columns[0], columns[1], values);
        }

        String text(int index) {
            return new String(values.get(index), StandardCharsets.UTF_8);
        }
    }
}
