package dev.postrider.identity;

import java.util.Locale;

/** What a user may do in their workspace. */
public enum Role {
    OWNER,
    ADMIN,
    MEMBER;

    /** As it is stored and as it stands in tokens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
