package dev.postrider.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * The ports that the program listens on: free, or its own already.
 *
 * @param ports of the API and of the operator's endpoints
 */
public record CheckPorts(List<Port> ports) implements Check {
    private static final int PATIENCE = 8000;
    private static final int MOST = 4 * 1024 * 1024;
    private static final int FIRST_OF_ALL_USERS = 1024;

    /**
     * One of them.
     *
     * @param variable that sets it
     * @param host that it is listened on
     * @param marks what Postrider's answer there has in it, and nobody else's
     * @param isTls whether it speaks TLS
     */
    public record Port(
            String variable,
            String host,
            int number,
            String path,
            List<String> marks,
            boolean isTls) {
        public Port {
            marks = List.copyOf(marks);
        }
    }

    public CheckPorts {
        ports = List.copyOf(ports);
    }

    @Override
    public String about() {
        return "Ports";
    }

    @Override
    public List<Finding> look() throws InterruptedException, ExecutionException {
        var looks = ports.stream().map(port -> (Callable<Finding>) () -> look(port)).toList();
        var found = AtOnce.look(Examine.OF_A_CHECK, looks);
        return IntStream.range(0, ports.size())
                .mapToObj(i -> found.get(i).orElseGet(() -> silent(ports.get(i))))
                .toList();
    }

    private static Finding silent(Port port) {
        return taken(
                port,
                id(port),
                name(port),
                new IOException("something there doesn't answer in time"));
    }

    private static String id(Port port) {
        return port.variable().endsWith("MANAGEMENT_PORT") ? "port-management" : "port-http";
    }

    private static String name(Port port) {
        return "Port " + port.number() + " of " + port.host();
    }

    private static Finding look(Port port) {
        var id = id(port);
        var name = name(port);
        if (port.number() == 0) {
            return Finding.ok(id, "Any free port is taken (" + port.variable() + " is 0).");
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port.host(), port.number()));
            return Finding.ok(id, name + " is free.");
        } catch (IOException e) {
            return isPostrider(port)
                    ? Finding.ok(id, name + " is Postrider's: it runs.")
                    : taken(port, id, name, e);
        }
    }

    private static Finding taken(Port port, String id, String name, IOException e) {
        var why = "The program doesn't start without it.";
        if (port.number() < FIRST_OF_ALL_USERS && isRefused(e)) {
            return Finding.problem(
                    id + "-forbidden",
                    name + " may not be listened on by this user.",
                    why,
                    "Take a port from 1024 on in "
                            + port.variable()
                            + ", or allow it: AmbientCapabilities=CAP_NET_BIND_SERVICE in the systemd"
                            + " unit.");
        }
        return Finding.problem(
                id + "-taken",
                name + " can't be listened on (" + e.getMessage() + "), and it isn't Postrider's.",
                why,
                "Stop what uses it (ss -ltnp shows it), or set "
                        + port.variable()
                        + " to another.");
    }

    private static boolean isRefused(IOException e) {
        return String.valueOf(e.getMessage()).contains("ermission");
    }

    /** By what it answers to a request, or with TLS by the words of one who is sent away. */
    private static boolean isPostrider(Port port) {
        try (var socket = connect(port)) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + port.path()
                                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new String(socket.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 ")
                    && port.marks().stream().allMatch(answer::contains);
        } catch (IOException _) {
            return false;
        }
    }

    private static Socket connect(Port port) throws IOException {
        var host = port.host().equals("0.0.0.0") ? "127.0.0.1" : port.host();
        if (port.isTls()) {
            return TrustAnyone.connect(new InetSocketAddress(host, port.number()), PATIENCE);
        }
        var socket = new Socket();
        socket.connect(new InetSocketAddress(host, port.number()), PATIENCE);
        return socket;
    }
}
