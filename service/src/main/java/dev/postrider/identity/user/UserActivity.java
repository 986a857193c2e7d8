package dev.postrider.identity.user;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of somebody beside who they are.
 *
 * @param lastLoginAt empty for who has never signed in with a session of this program
 * @param mailboxes how many are theirs
 * @param ticketExpiresAt until when a ticket is good that lets them choose a password; empty when
 *     there is none
 */
public record UserActivity(
        SignIn signIn,
        Optional<Instant> lastLoginAt,
        long mailboxes,
        Optional<Instant> ticketExpiresAt) {}
