package dev.postrider.testkit.provider.http;

/** A route of a provider, as scripts of faults and counts of calls name it. An enum's constant. */
public interface Endpoint {
    String name();

    /** In capitals. */
    String method();

    /** Segments, of which {@code {name}} stands for any one: {@code /users/{user}/send}. */
    String path();
}
