package dev.postrider.transport;

import java.util.Optional;

/** What trying a mailbox's transport has shown. */
public sealed interface Verification {

    /**
     * It can send.
     *
     * @param server what it can do, as the API shows it; empty when there is nothing to say
     * @param warning what may keep it from sending all the same, and what to do
     */
    record Works(Optional<Object> server, Optional<String> warning) implements Verification {}

    /**
     * It can't.
     *
     * @param code stable
     * @param problem what is wrong, and what to do
     * @param hold why the mailbox is to be held: its login was refused; empty when it isn't
     */
    record Fails(String code, String problem, Optional<String> hold) implements Verification {}
}
