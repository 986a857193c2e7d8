package dev.postrider.postgres.embedded;

import dev.postrider.postgres.DatabaseUnusable;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL that Postrider brings, as an archive on the class path, unpacked into the data
 * folder. From the first moment on nobody but its owner can read or write what is unpacked; and it
 * gets its name only when it is complete.
 */
final class BundledPrograms {
    static final int VERSION = 18;

    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final int OWNER_MAY_EXECUTE = 0100;

    /**
     * The form in which packages have the archive: to unpack the other takes a program that has
     * just started some four seconds of processor time more.
     */
    private static final String QUICK = ".tgz";

    /** The form in which it comes. */
    private static final String SMALL = ".txz";

    private static final int BUFFER = 1 << 16;

    private BundledPrograms() {}

    /**
     * Unpacks the archive for this machine, unless that is done already; removes those of other
     * versions of Postrider.
     *
     * @return the folder with {@code bin}, {@code lib} and {@code share}
     */
    static Path unpack(Path binaries) {
        var archive = archive();
        try {
            var unpacked = binaries.resolve(identity(archive));
            if (!Files.isDirectory(unpacked)) {
                ServerFiles.delete(binaries);
                Files.createDirectory(binaries, attribute(FOLDER));
                var draft = binaries.resolve("unfinished");
                try (var in = open(archive);
                        var tar = archive.endsWith(QUICK) ? gunzip(in) : new XZInputStream(in)) {
                    unpack(tar, draft);
                    Files.move(draft, unpacked, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    // what filled the disk isn't left on it
                    ServerFiles.delete(draft);
                }
            }
            return unpacked;
        } catch (IOException e) {
            throw new DatabaseUnusable(
                    "PostgreSQL can't be unpacked into "
                            + binaries
                            + " ("
                            + e.getMessage()
                            + "): make room there, and give the folder to this user.");
        }
    }

    private static InputStream gunzip(InputStream archive) throws IOException {
        return new GZIPInputStream(archive, BUFFER);
    }

    /** Unpacks a tar into a new folder. */
    static void unpack(InputStream archive, Path folder) throws IOException {
        Files.createDirectory(folder, attribute(FOLDER));
        try (var tar = new TarArchiveInputStream(archive)) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, folder);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException {
        var path = inside(folder, folder.resolve(entry.getName()));
        if (entry.isDirectory()) {
            makeFolder(path);
            return;
        }
        makeFolder(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            var target = Path.of(entry.getLinkName());
            var _ = inside(folder, path.resolveSibling(target));
            Files.createSymbolicLink(path, target);
        } else if (entry.isFile()) {
            Files.createFile(path, attribute(FILE));
            try (var out = Files.newOutputStream(path)) {
                tar.transferTo(out);
            }
            if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
                Files.setPosixFilePermissions(path, FOLDER);
            }
        } else {
            throw new IOException("the archive has a strange entry " + entry.getName());
        }
    }

    private static void makeFolder(Path path) throws IOException {
        Files.createDirectories(path.normalize(), attribute(FOLDER));
    }

    private static Path inside(Path folder, Path path) throws IOException {
        var normal = path.normalize();
        if (!normal.startsWith(folder.normalize())) {
            throw new IOException("the archive leads out of its folder: " + path);
        }
        return normal;
    }

    private static FileAttribute<?> attribute(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }

    /**
     * By what it holds, so that another archive is another folder. A jar says so of what is in it;
     * to read it would take a third of a second of each start.
     */
    private static String identity(String archive) throws IOException {
        var place = BundledPrograms.class.getResource(archive);
        if (place != null && place.openConnection() instanceof JarURLConnection jar) {
            var entry = jar.getJarEntry();
            return "%x-%08x".formatted(entry.getSize(), entry.getCrc());
        }
        return digest(archive);
    }

    private static String digest(String archive) throws IOException {
        try (var in = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream open(String archive) throws IOException {
        var in = BundledPrograms.class.getResourceAsStream(archive);
        if (in == null) {
            throw new IOException("there is no PostgreSQL for this machine, " + archive);
        }
        return in;
    }

    private static String archive() {
        var machine =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    case String other -> other;
                };
        var isMac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        var isAlpine = Files.exists(Path.of("/etc/alpine-release"));
        var name =
                "/postgres-"
                        + (isMac ? "darwin-" : "linux-")
                        + machine
                        + (isAlpine ? "-alpine_linux" : "");
        return Stream.of(QUICK, SMALL)
                .map(name::concat)
                .filter(each -> BundledPrograms.class.getResource(each) != null)
                .findFirst()
                .orElse(name + SMALL);
    }
}
