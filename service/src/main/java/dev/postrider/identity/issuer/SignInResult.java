package dev.postrider.identity.issuer;

import dev.postrider.identity.Caller;

/** How a sign-in at a provider ended. */
public sealed interface SignInResult {
    /**
     * Somebody is known here.
     *
     * @param issuerId by which provider
     * @param next where to go, as it was said at the beginning
     */
    record Done(Caller user, String issuerId, String next) implements SignInResult {}

    /**
     * Nobody is signed in.
     *
     * @param sentence what happened and what to do, for who wanted to
     */
    record Refused(String sentence) implements SignInResult {}

    /**
     * It can't be told just now.
     *
     * @param sentence likewise
     */
    record NotNow(String sentence) implements SignInResult {}
}
