import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes chance out of what Quarkus generates, so that the same sources give the same bytes. Run as
 * a source file by package/program.sh.
 *
 * <p>{@code orders FOLDER} writes a class of the JDK for {@code --patch-module java.base=FOLDER}: in
 * a JVM with it, {@code Set.of} and {@code Map.of} have one order instead of another in each
 * process. {@code keys JAR} numbers anew what the generated classes hand to each other: its
 * numbers are drawn by build steps that run side by side (quarkusio/quarkus pull request 53025).
 */
final class SameAgain {
    private static final String ORDERED = "java/util/ImmutableCollections.class";
    private static final Pattern KEY = Pattern.compile("proxykey[0-9]+");
    private static final int MAGIC_AND_VERSION = 8;

    private SameAgain() {}

    public static void main(String[] words) throws IOException {
        var place = Path.of(words[1]);
        switch (words[0]) {
            case "orders" -> orders(place);
            case "keys" -> keys(place);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** Its seed is the time when it is loaded; here it is a number. */
    private static void orders(Path folder) throws IOException {
        byte[] original;
        try (var in = Object.class.getModule().getResourceAsStream(ORDERED)) {
            original = in.readAllBytes();
        }
        var file = ClassFile.of();
        var seeds = new int[1];
        var changed =
                file.transformClass(
                        file.parse(original),
                        ClassTransform.transformingMethodBodies(
                                method -> method.methodName().equalsString("<clinit>"),
                                (code, element) -> {
                                    if (element instanceof InvokeInstruction call
                                            && call.name().equalsString("nanoTime")) {
                                        seeds[0]++;
                                        code.loadConstant(1L);
                                    } else {
                                        code.with(element);
                                    }
                                }));
        if (seeds[0] != 1) {
            throw new IllegalStateException("this JDK orders sets in another way: " + seeds[0]);
        }
        var target = folder.resolve(ORDERED);
        Files.createDirectories(target.getParent());
        Files.write(target, changed);
    }

    private static void keys(Path jar) throws IOException {
        var entries = new LinkedHashMap<ZipEntry, byte[]>();
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().toList()) {
                entries.put(entry, zip.getInputStream(entry).readAllBytes());
            }
        }
        var numbered = numbered(entries);
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var entry : entries.entrySet()) {
                var same = new ZipEntry(entry.getKey().getName());
                same.setTimeLocal(entry.getKey().getTimeLocal());
                out.putNextEntry(same);
                out.write(
                        isClass(entry.getKey())
                                ? texts(entry.getValue(), text -> numbered.getOrDefault(text, text))
                                : entry.getValue());
                out.closeEntry();
            }
        }
    }

    /** By the order of the classes' names, and in each of its texts. */
    private static Map<String, String> numbered(Map<ZipEntry, byte[]> entries) throws IOException {
        var byName = new LinkedHashMap<String, byte[]>();
        entries.forEach((entry, octets) -> byName.put(entry.getName(), octets));
        var numbered = new LinkedHashMap<String, String>();
        for (var name : new TreeSet<>(byName.keySet())) {
            if (name.endsWith(".class")) {
                texts(
                        byName.get(name),
                        text -> {
                            if (KEY.matcher(text).matches()) {
                                numbered.computeIfAbsent(
                                        text, _ -> "proxykey" + (numbered.size() + 1));
                            }
                            return text;
                        });
            }
        }
        return numbered;
    }

    private static boolean isClass(ZipEntry entry) {
        return entry.getName().endsWith(".class");
    }

    /** The class file with the texts of its constant pool replaced (JVMS section 4.4). */
    private static byte[] texts(byte[] octets, UnaryOperator<String> replace) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(octets));
        var octetsOut = new ByteArrayOutputStream();
        var out = new DataOutputStream(octetsOut);
        out.write(in.readNBytes(MAGIC_AND_VERSION));
        var count = in.readUnsignedShort();
        out.writeShort(count);
        for (var i = 1; i < count; i++) {
            var tag = in.readUnsignedByte();
            out.writeByte(tag);
            switch (tag) {
                case 1 -> out.writeUTF(replace.apply(in.readUTF()));
                case 7, 8, 16, 19, 20 -> out.write(in.readNBytes(2));
                case 15 -> out.write(in.readNBytes(3));
                case 3, 4, 9, 10, 11, 12, 17, 18 -> out.write(in.readNBytes(4));
                case 5, 6 -> {
                    out.write(in.readNBytes(8));
                    i++;
                }
                default -> throw new IOException("no class file of this form: tag " + tag);
            }
        }
        in.transferTo(out);
        return octetsOut.toByteArray();
    }
}
