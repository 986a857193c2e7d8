package dev.postrider.testkit.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A certificate authority made for one server, as PEM files in {@code folder}. */
record PrivateAuthority(Path folder) {

    /** The authority's own certificate, for pinning. */
    Path certificate() {
        return folder.resolve("ca.pem");
    }

    /**
     * Makes the authority and {@code server-chain.pem}: key, then certificate, as Postfix wants
     * them.
     */
    void certify(List<String> names) throws IOException {
        var alternativeNames =
                names.stream()
                        .map(name -> (isAddress(name) ? "IP:" : "DNS:") + name)
                        .collect(Collectors.joining(","));
        new Template("openssl.cnf").write(folder, Map.of("alternativeNames", alternativeNames));
        issue("ca", "authority", "Authority of one test");
        issue(
                "server",
                "server",
                names.getFirst(),
                "-CA",
                path("ca.pem"),
                "-CAkey",
                path("ca.key"));
        Files.writeString(
                folder.resolve("server-chain.pem"),
                Files.readString(folder.resolve("server.key"))
                        + Files.readString(folder.resolve("server.pem")));
    }

    private static boolean isAddress(String name) {
        return name.matches("[0-9.]+");
    }

    private void issue(String file, String extensions, String commonName, String... issuer)
            throws IOException {
        var command = new ArrayList<>(List.of("openssl", "req", "-x509", "-batch", "-noenc"));
        command.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"));
        command.addAll(List.of("-keyout", path(file + ".key"), "-out", path(file + ".pem")));
        command.addAll(List.of("-days", "2", "-subj", "/CN=" + commonName));
        command.addAll(List.of("-config", path("openssl.cnf"), "-extensions", extensions));
        command.addAll(List.of(issuer));
        Commands.run(command.toArray(String[]::new));
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }
}
