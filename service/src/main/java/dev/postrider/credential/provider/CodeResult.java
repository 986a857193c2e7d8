package dev.postrider.credential.provider;

/** What an authorization code is good for. */
public sealed interface CodeResult {
    record Granted(NewGrant grant) implements CodeResult {}

    /**
     * Nothing can be connected with it.
     *
     * @param code stable, for programs: {@code scope_missing}, {@code no_refresh_token}, {@code
     *     no_mailbox}, {@code code_invalid}, {@code identity_invalid}, or that of an ended grant
     * @param problem what happened and what to do, for who has consented
     */
    record Refused(String code, String problem) implements CodeResult {}

    /**
     * The operator's app is refused.
     *
     * @param problem for the operator
     */
    record AppAtFault(String app, String problem) implements CodeResult {}

    /** The provider couldn't say: the code may still be good. */
    record NotNow(String problem) implements CodeResult {}
}
