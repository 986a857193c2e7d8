package dev.postrider.postgres.statement;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An SQL statement that stands in the program.
 *
 * @param home the class that it stands in
 */
public record Statement(String home, String sql) {
    private static final Pattern SQL =
            Pattern.compile("\\s*(select|insert|update|delete|with|merge)\\s.*", Pattern.DOTALL);

    /** Reads them out of the string constants of all classes, so that none can be forgotten. */
    static List<Statement> all(Path classes) throws IOException {
        try (var files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .flatMap(Statement::of)
                    .distinct()
                    .toList();
        }
    }

    /** The statements of one class. */
    public static Stream<Statement> of(Path file) {
        try {
            var parsed = ClassFile.of().parse(file);
            var home = parsed.thisClass().asInternalName().replace('/', '.');
            return StreamSupport.stream(parsed.constantPool().spliterator(), false)
                    .filter(StringEntry.class::isInstance)
                    .map(entry -> ((StringEntry) entry).stringValue())
                    .filter(text -> SQL.matcher(text).matches())
                    .flatMap(Statement::bothWays)
                    .map(text -> new Statement(home, text));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A list's statement is read oldest first, too. */
    private static Stream<String> bothWays(String sql) {
        return sql.contains(":above") ? Stream.of(sql, sql.replace(" desc", "")) : Stream.of(sql);
    }

    @Override
    public String toString() {
        return home + ": " + sql.lines().limit(3).map(String::strip).toList();
    }
}
