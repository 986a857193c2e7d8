package dev.postrider.mime;

/** What {@link ComposeDraft} made: a message, or what is wrong with the draft. */
public sealed interface Composition permits Composed, Flawed {}
