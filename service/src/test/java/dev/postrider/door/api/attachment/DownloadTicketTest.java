package dev.postrider.door.api.attachment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.PublicUrl;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A ticket is good for what it was made for, until its time. */
@ExtendWith(TestDatabase.class)
final class DownloadTicketTest {
    private static final Instant END = Instant.parse("2026-11-22T13:00:00Z");
    private static final DownloadTicket TICKET =
            new DownloadTicket(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3), new UUID(1, 4), END);

    private static Vault vault;

    @BeforeAll
    static void open(Database database, @TempDir Path folder) {
        var file = new MasterKeyFile(folder.resolve("key.json"));
        file.create();
        vault = Vault.of(database, file);
    }

    @Test
    void itIsGoodUntilItsTimeOnAnyNodeWithTheKey() {
        var sealed = TICKET.sealed(vault);

        assertThat(DownloadTicket.open(vault, sealed, END.minusMillis(1))).contains(TICKET);
        assertThat(DownloadTicket.open(vault, sealed, END)).isEmpty();
    }

    @Test
    void itsUrlBeginsWhereClientsReachTheProgram() {
        var caller = new Caller(new UUID(1, 1), new UUID(1, 2), "ann@example.org", Role.MEMBER);
        var asked = URI.create("http://10.1.2.3:8080/");
        var clock = InstantSource.fixed(END);

        assertThat(
                        new Downloads(vault, new PublicUrl(Optional.empty()), clock)
                                .link(caller, new UUID(1, 3), new UUID(1, 4), asked)
                                .url())
                .startsWith("http://10.1.2.3:8080/attachments/download?ticket=");
        assertThat(
                        new Downloads(
                                        vault,
                                        new PublicUrl(
                                                Optional.of(
                                                        URI.create(
                                                                "https://mail.example.com/api/"))),
                                        clock)
                                .link(caller, new UUID(1, 3), new UUID(1, 4), asked)
                                .url())
                .startsWith("https://mail.example.com/api/attachments/download?ticket=");
    }

    @Test
    void itSaysNothingOfWhatItIsFor() {
        var octets = Base64.getUrlDecoder().decode(TICKET.sealed(vault));

        assertThat(new String(octets, ISO_8859_1)).doesNotContain(TICKET.emailId().toString());
    }

    @Test
    void anyChangedOctetIsNoticed() {
        var sealed = Base64.getUrlDecoder().decode(TICKET.sealed(vault));
        for (var i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            var text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(DownloadTicket.open(vault, text, END.minusSeconds(1)))
                    .as("octet " + i)
                    .isEmpty();
        }
    }

    @Test
    void anotherSecretOfTheVaultIsNoTicket() {
        var secret =
                vault.seal(
                        "%s %s %s %s 9999999999"
                                .formatted(
                                        TICKET.workspaceId(),
                                        TICKET.userId(),
                                        TICKET.emailId(),
                                        TICKET.attachmentId()),
                        UUID.randomUUID());
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);

        assertThat(DownloadTicket.open(vault, text, END.minusSeconds(1))).isEmpty();
    }
}
