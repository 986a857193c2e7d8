package dev.postrider.door.console.account;

import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param ticket as the link had it
 * @param email whose password it is; empty when the ticket is good for nothing
 * @param alert what is wrong
 */
public record ChoosePasswordPage(String ticket, String email, @Nullable String alert) {
    public boolean isUsable() {
        return !email.isEmpty();
    }

    @Override
    public String toString() {
        return "(a ticket)";
    }
}
