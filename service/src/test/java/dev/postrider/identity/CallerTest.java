package dev.postrider.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CallerTest {
    private static final UUID ANN = new UUID(0, 1);
    private static final UUID BOB = new UUID(0, 2);
    private static final UUID MAILBOX = new UUID(0, 3);
    private static final UUID OTHER = new UUID(0, 4);

    @Test
    void aMemberUsesTheirOwnMailboxesAndTheWorkspaces() {
        var member = caller(Role.MEMBER, Optional.empty());
        assertThat(member.mayUse(MAILBOX, Optional.of(ANN))).isTrue();
        assertThat(member.mayUse(MAILBOX, Optional.empty())).isTrue();
        assertThat(member.mayUse(MAILBOX, Optional.of(BOB))).isFalse();
    }

    @Test
    void anAdminUsesEverybodys() {
        assertThat(caller(Role.ADMIN, Optional.empty()).mayUse(MAILBOX, Optional.of(BOB))).isTrue();
    }

    @Test
    void aKeyForOneMailboxUsesNoOther() {
        var key = caller(Role.OWNER, Optional.of(MAILBOX));
        assertThat(key.mayUse(MAILBOX, Optional.of(BOB))).isTrue();
        assertThat(key.mayUse(OTHER, Optional.of(ANN))).isFalse();
    }

    @Test
    void aKeyForAnothersMailboxStopsWhenItsMakerIsDemoted() {
        assertThat(caller(Role.MEMBER, Optional.of(MAILBOX)).mayUse(MAILBOX, Optional.of(BOB)))
                .isFalse();
    }

    private static Caller caller(Role role, Optional<UUID> onlyMailbox) {
        return new Caller(
                new UUID(0, 9),
                ANN,
                "ann@example.com",
                role,
                onlyMailbox.map(mailbox ->
                        new ApiKey(
                                new UUID(0, 8),
                                ApiKey.Permission.FULL_ACCESS,
                                Optional.of(mailbox),
                                1)));
    }
}
