package dev.postrider.door.console.account;

import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Moment;
import org.jspecify.annotations.Nullable;

/** The page. */
public record AccountPage(
        String formToken,
        String email,
        String role,
        String workspace,
        boolean hasPassword,
        long mailboxes,
        @Nullable Moment lastLogin,
        Moment created,
        Filled filled) {}
