package dev.postrider.testkit.sink;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Sink} is like.
 *
 * @param extensions what it announces beside STARTTLS and AUTH, for example {@code "PIPELINING"},
 *     {@code "SIZE 1000"}
 * @param tls for STARTTLS or implicit TLS, or null
 * @param users user to password or token; when not empty, AUTH is required
 * @param recorder gets each message that is taken
 */
public record SinkOptions(
        Set<String> extensions,
        @Nullable SSLContext tls,
        boolean implicitTls,
        Map<String, String> users,
        Behaviour behaviour,
        Consumer<SunkMessage> recorder) {

    public SinkOptions {
        extensions = Collections.unmodifiableSet(new LinkedHashSet<>(extensions));
        users = Map.copyOf(users);
    }

    /**
     * PIPELINING, 8BITMIME, ENHANCEDSTATUSCODES and SIZE; no TLS, no login; nothing is kept but a
     * count.
     */
    public static SinkOptions standard() {
        return new SinkOptions(
                new LinkedHashSet<>(
                        List.of("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 52428800")),
                null,
                false,
                Map.of(),
                Behaviour.WILLING,
                message -> {});
    }

    public SinkOptions announcing(String... others) {
        return new SinkOptions(
                new LinkedHashSet<>(List.of(others)), tls, implicitTls, users, behaviour, recorder);
    }

    public SinkOptions with(String... more) {
        var all = new LinkedHashSet<>(extensions);
        all.addAll(List.of(more));
        return new SinkOptions(all, tls, implicitTls, users, behaviour, recorder);
    }

    public SinkOptions withStartTls(SSLContext context) {
        return new SinkOptions(extensions, context, false, users, behaviour, recorder);
    }

    public SinkOptions withImplicitTls(SSLContext context) {
        return new SinkOptions(extensions, context, true, users, behaviour, recorder);
    }

    public SinkOptions withUser(String user, String password) {
        return new SinkOptions(
                extensions, tls, implicitTls, Map.of(user, password), behaviour, recorder);
    }

    public SinkOptions behaving(Behaviour other) {
        return new SinkOptions(extensions, tls, implicitTls, users, other, recorder);
    }

    public SinkOptions recording(Consumer<SunkMessage> other) {
        return new SinkOptions(extensions, tls, implicitTls, users, behaviour, other);
    }
}
