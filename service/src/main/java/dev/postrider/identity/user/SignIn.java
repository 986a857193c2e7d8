package dev.postrider.identity.user;

import java.util.Locale;

/** How somebody proves who they are here. */
public enum SignIn {
    PASSWORD,
    /** At an OpenID provider. */
    OPENID,
    /** Not yet: they were invited, and have chosen no password. */
    INVITED,
    /** Not at all: an application's own user. */
    NONE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
