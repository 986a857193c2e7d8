package dev.postrider.identity.login;

import java.util.List;
import java.util.Locale;

/** A guess, by whom it is counted. */
record LoginGuess(String email, String address) {
    /** Whoever has an IPv6 network has all addresses of its last 64 bits. */
    String place() {
        var groups = address.split("%", -1)[0].split(":", -1);
        return groups.length == 8
                ? String.join(":", List.of(groups).subList(0, 4)) + "::/64"
                : address;
    }

    private String user() {
        return email.toLowerCase(Locale.ROOT);
    }

    String ofBoth() {
        return "both\0" + user() + "\0" + place();
    }

    String ofUser() {
        return "user\0" + user();
    }

    String ofAddress() {
        return "address\0" + place();
    }
}
