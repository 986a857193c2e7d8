package dev.postrider.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of what somebody did. */
public enum AuditOutcome {
    DONE,
    REFUSED,
    /** A bug or a broken machine: some of it may be done. */
    FAILED,
    /** It is being done, or the program ended before it could say. */
    UNKNOWN;

    static AuditOutcome of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** As it stands in a request. */
    public static Optional<AuditOutcome> parse(String text) {
        return Arrays.stream(values()).filter(each -> each.code().equals(text)).findFirst();
    }

    /**
     * What an answer says.
     *
     * @param status as HTTP has it; empty while there is none
     */
    static AuditOutcome of(Optional<Integer> status) {
        if (status.isEmpty()) {
            return UNKNOWN;
        }
        int code = status.get();
        return code < 400 ? DONE : code < 500 ? REFUSED : FAILED;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
