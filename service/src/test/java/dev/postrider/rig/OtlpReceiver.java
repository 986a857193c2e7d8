package dev.postrider.rig;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.trace.TelemetrySettings;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A collector that takes traces and logs by OTLP over HTTP, and keeps them. */
public final class OtlpReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private final List<LogRecord> logs = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> resources = new CopyOnWriteArrayList<>();

    /** Set by a test, read by the server's threads. */
    private volatile Reaction reaction = () -> 200;

    /** What a collector does with a request before it answers. */
    public interface Reaction {
        /** The status that is answered. */
        int status() throws InterruptedException;
    }

    /** A span as it came. */
    public record Received(Span span) {
        public String name() {
            return span.getName();
        }

        public String trace() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }

        public String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        /** Empty for a root. */
        public String parent() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }

        public Map<String, Object> facts() {
            return OtlpReceiver.facts(span.getAttributesList());
        }

        public Object fact(String name) {
            return facts().getOrDefault(name, "none");
        }

        public boolean hasFailed() {
            return span.getStatus().getCodeValue() == 2;
        }

        /** The ids of traces and spans that it points to, with a hyphen between. */
        public List<String> links() {
            return span.getLinksList().stream()
                    .map(link ->
                            HexFormat.of().formatHex(link.getTraceId().toByteArray())
                                    + "-"
                                    + HexFormat.of().formatHex(link.getSpanId().toByteArray()))
                    .toList();
        }
    }

    private OtlpReceiver(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/v1/traces", exchange -> take(exchange, this::takeSpans));
        server.createContext("/v1/logs", exchange -> take(exchange, this::takeLogs));
        server.start();
    }

    public static OtlpReceiver start() {
        try {
            var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new OtlpReceiver(HttpServer.create(anyPort, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Settings that export to it, and some of the SDK's own. */
    public TelemetrySettings settings(Map<String, String> more) {
        var fixed = new HashMap<>(more);
        fixed.put("otel.exporter.otlp.endpoint", url());
        return new TelemetrySettings(
                true,
                fixed,
                Map.of(
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        "otel.metrics.exporter", "none",
                        "otel.bsp.schedule.delay", "20",
                        "otel.blrp.schedule.delay", "20"),
                Map.of("service.instance.id", "node-1"));
    }

    public void reacts(Reaction next) {
        reaction = next;
    }

    private interface Take {
        void from(byte[] body) throws InvalidProtocolBufferException;
    }

    private void take(HttpExchange exchange, Take take) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var status = reaction.status();
            if (status == 200) {
                take.from(body);
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeSpans(byte[] body) throws InvalidProtocolBufferException {
        for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            resources.add(facts(resource.getResource().getAttributesList()));
            resource.getScopeSpansList().stream()
                    .flatMap(scope -> scope.getSpansList().stream())
                    .map(Received::new)
                    .forEach(spans::add);
        }
    }

    private void takeLogs(byte[] body) throws InvalidProtocolBufferException {
        for (var resource : ExportLogsServiceRequest.parseFrom(body).getResourceLogsList()) {
            resource.getScopeLogsList().forEach(scope -> logs.addAll(scope.getLogRecordsList()));
        }
    }

    private static Map<String, Object> facts(List<KeyValue> attributes) {
        var facts = new HashMap<String, Object>();
        attributes.forEach(each -> facts.put(each.getKey(), value(each.getValue())));
        return facts;
    }

    private static Object value(AnyValue value) {
        return value.hasIntValue() ? (Object) value.getIntValue() : value.getStringValue();
    }

    public List<Received> spans() {
        return spans;
    }

    /** What was said of the programs that spans came from. */
    public List<Map<String, Object>> resources() {
        return resources;
    }

    /** The spans of an email once they are so. */
    public List<Received> await(String email, Predicate<List<Received>> so) {
        var trace = email.replace("-", "");
        return Awaitility.await()
                .atMost(FlowRig.PATIENCE)
                .until(
                        () -> spans.stream().filter(each -> each.trace().equals(trace)).toList(),
                        so);
    }

    /** The lines of the log in an email's trace once there is one that begins so. */
    public List<LogRecord> awaitLog(String email, String begin) {
        var trace = email.replace("-", "");
        return Awaitility.await()
                .atMost(FlowRig.PATIENCE)
                .until(
                        () ->
                                logs.stream()
                                        .filter(each ->
                                                HexFormat.of()
                                                        .formatHex(each.getTraceId().toByteArray())
                                                        .equals(trace))
                                        .toList(),
                        some ->
                                some.stream()
                                        .anyMatch(each ->
                                                each.getBody().getStringValue().startsWith(begin)));
    }

    /** All that came, for whoever looks for what mustn't be in it. */
    public String all() {
        return spans.toString() + resources;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
