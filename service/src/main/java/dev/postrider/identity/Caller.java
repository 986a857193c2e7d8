package dev.postrider.identity;

import dev.postrider.audit.Actor;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;

/**
 * The user on whose behalf a request is made, as they are now, not as when they logged in.
 *
 * @param key the API key that the request came with; empty after a login
 * @param credit empty when the token was asked about for this request
 */
public record Caller(
        UUID workspaceId,
        UUID userId,
        String email,
        Role role,
        Optional<ApiKey> key,
        Optional<Credit> credit)
        implements Principal {
    /**
     * The workspace that the program was set up with. The same on every node, so that nodes which
     * start together meet at its row.
     */
    public static final UUID FIRST_WORKSPACE = new UUID(0, 1);

    public Caller(UUID workspaceId, UUID userId, String email, Role role) {
        this(workspaceId, userId, email, role, Optional.empty());
    }

    public Caller(UUID workspaceId, UUID userId, String email, Role role, Optional<ApiKey> key) {
        this(workspaceId, userId, email, role, key, Optional.empty());
    }

    /** The same, on what is known of them by this token. */
    public Caller on(Credit given) {
        return new Caller(workspaceId, userId, email, role, key, Optional.of(given));
    }

    /** Whether the token has yet to be asked about. */
    public boolean isOnCredit() {
        return credit.filter(each -> !each.isAsked()).isPresent();
    }

    /** Whether it is the same, in all that decides what may be done. */
    public boolean isAs(Caller other) {
        return workspaceId.equals(other.workspaceId)
                && userId.equals(other.userId)
                && role == other.role
                && key.equals(other.key);
    }

    /** Whether this caller sees how the installation is doing: docs/decisions/0092. */
    public boolean isOperator() {
        return role != Role.MEMBER && workspaceId.equals(FIRST_WORKSPACE);
    }

    /** The only mailbox that this caller may use. */
    public Optional<UUID> onlyMailbox() {
        return key.flatMap(ApiKey::mailboxId);
    }

    /** Whose email this caller sees; empty for the whole workspace's. */
    public Optional<UUID> onlyUser() {
        return switch (role) {
            case OWNER, ADMIN -> Optional.empty();
            case MEMBER -> Optional.of(userId);
        };
    }

    /**
     * Whether this caller may use a mailbox: the one answer for all routes. The role is the one of
     * now, so a key that an admin made for another's mailbox stops with its maker's demotion.
     *
     * @param owner the user whose mailbox it is; empty for the workspace's
     */
    public boolean mayUse(UUID mailboxId, Optional<UUID> owner) {
        return onlyMailbox().map(mailboxId::equals).orElse(true)
                && (onlyUser().isEmpty() || owner.isEmpty() || owner.equals(onlyUser()));
    }

    /**
     * The same for the audit log.
     *
     * @param address where the request came from
     */
    public Actor actor(String address) {
        return new Actor(workspaceId, Optional.of(userId), email, Optional.of(address));
    }

    @Override
    public String getName() {
        return userId.toString();
    }
}
