package dev.postrider.testkit.sink;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Sink} is like.
 *
 * @param extensions what it announces beside STARTTLS and AUTH, for example {@code "PIPELINING"},
 *     {@code "SIZE 1000"}
 * @param tls for STARTTLS or implicit TLS, or null
 * @param logins knows a user and a password or token; null when no AUTH is required
 * @param recorder gets each message that is taken
 */
public record SinkOptions(
        Set<String> extensions,
        @Nullable SSLContext tls,
        boolean implicitTls,
        @Nullable BiPredicate<String, String> logins,
        Behaviour behaviour,
        Consumer<SunkMessage> recorder) {

    public SinkOptions {
        extensions = Collections.unmodifiableSet(new LinkedHashSet<>(extensions));
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
                null,
                Behaviour.WILLING,
                message -> {});
    }

    public SinkOptions announcing(String... others) {
        return new SinkOptions(
                new LinkedHashSet<>(List.of(others)),
                tls,
                implicitTls,
                logins,
                behaviour,
                recorder);
    }

    public SinkOptions with(String... more) {
        var all = new LinkedHashSet<>(extensions);
        all.addAll(List.of(more));
        return new SinkOptions(all, tls, implicitTls, logins, behaviour, recorder);
    }

    public SinkOptions withStartTls(SSLContext context) {
        return new SinkOptions(extensions, context, false, logins, behaviour, recorder);
    }

    public SinkOptions withImplicitTls(SSLContext context) {
        return new SinkOptions(extensions, context, true, logins, behaviour, recorder);
    }

    public SinkOptions withUser(String user, String password) {
        return withLogins((name, secret) -> name.equals(user) && secret.equals(password));
    }

    /** Asked at each login, for example about a token that may have ended. */
    public SinkOptions withLogins(BiPredicate<String, String> others) {
        return new SinkOptions(extensions, tls, implicitTls, others, behaviour, recorder);
    }

    public SinkOptions behaving(Behaviour other) {
        return new SinkOptions(extensions, tls, implicitTls, logins, other, recorder);
    }

    public SinkOptions recording(Consumer<SunkMessage> other) {
        return new SinkOptions(extensions, tls, implicitTls, logins, behaviour, other);
    }
}
