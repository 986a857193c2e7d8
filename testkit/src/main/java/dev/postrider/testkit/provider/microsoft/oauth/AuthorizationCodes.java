package dev.postrider.testkit.provider.microsoft.oauth;

import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftGrants;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Codes that were given out, and those that were redeemed. Its own lock guards it. */
final class AuthorizationCodes {

    record Code(AuthorizeRequest request, MicrosoftGrants.SignIn signIn, Instant endsAt) {}

    sealed interface Redeemed {
        record Good(Code code) implements Redeemed {}

        record Bad(EntraError error) implements Redeemed {}
    }

    private final Map<String, Code> codes = new HashMap<>();
    private final Set<String> redeemed = new HashSet<>();

    synchronized String issue(Code code) {
        String value = "1.A" + Secrets.token(60);
        codes.put(value, code);
        return value;
    }

    /** Once. */
    synchronized Redeemed redeem(String value, Instant now) {
        if (redeemed.contains(value)) {
            return new Redeemed.Bad(EntraError.CODE_REDEEMED);
        }
        Code code = codes.remove(value);
        if (code == null) {
            return new Redeemed.Bad(EntraError.INVALID_GRANT);
        }
        redeemed.add(value);
        return now.isBefore(code.endsAt())
                ? new Redeemed.Good(code)
                : new Redeemed.Bad(EntraError.CODE_EXPIRED);
    }
}
