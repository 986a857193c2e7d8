package dev.postrider.credential.provider;

import java.util.Optional;

/** What an authorization code is good for. */
public sealed interface CodeResult {
    record Granted(NewGrant grant) implements CodeResult {}

    /**
     * Nothing can be connected with it.
     *
     * @param code stable, for programs: {@code scope_missing}, {@code no_refresh_token}, {@code
     *     no_mailbox}, {@code code_invalid}, {@code identity_invalid}, or that of an ended grant
     * @param problem what happened and what to do, for who has consented
     * @param unused what was granted all the same, by an account that is known for sure
     */
    record Refused(String code, String problem, Optional<UnusedGrant> unused)
            implements CodeResult {
        Refused(String code, String problem) {
            this(code, problem, Optional.empty());
        }
    }

    /**
     * The operator's app is refused.
     *
     * @param problem for the operator
     */
    record AppAtFault(String app, String problem) implements CodeResult {}

    /**
     * The provider couldn't say: the code may still be good.
     *
     * @param unused what the code was exchanged for, when only the address couldn't be told
     */
    record NotNow(String problem, Optional<UnusedGrant> unused) implements CodeResult {
        NotNow(String problem) {
            this(problem, Optional.empty());
        }
    }
}
