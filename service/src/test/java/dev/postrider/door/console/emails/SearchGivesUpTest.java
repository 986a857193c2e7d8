package dev.postrider.door.console.emails;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.email.EmailKey;
import dev.postrider.flow.store.find.SearchTerms;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A search that takes longer than a second says how far it has looked, and goes on from there. It
 * takes that long because somebody has locked what it reads until it has waited so.
 */
@QuarkusTest
@Timeout(60)
final class SearchGivesUpTest {
    /** More than a search looks at in one go. */
    private static final int OLD = 5_001;

    private static final int NEWER = 1_001;
    private static final Instant FIRST = Instant.parse("2025-03-01T01:00:00Z");
    private static final Instant DAY_AFTER = Instant.parse("2025-03-02T01:00:00Z");
    private static final Instant NEWEST = Instant.parse("2025-03-02T02:00:00Z");

    private final Users users;
    private final Database database;
    private ConsoleTenant acme;
    private UUID mailbox = new UUID(0, 0);

    @Inject
    SearchGivesUpTest(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    /** First thousands with both words, then a thousand with none, then some with one. */
    @BeforeEach
    void fill() {
        acme = ConsoleTenant.named(database, users, "Acme");
        mailbox = UUID.fromString(acme.sandbox("billing@acme.example"));
        insert(FIRST, OLD, "needle straw");
        insert(DAY_AFTER, NEWER, "hay");
        insert(NEWEST, 3, "straw");
        database.read(handle -> handle.execute("analyze email, email_search"));
    }

    private void insert(Instant first, int count, String subject) {
        database.inTransaction(handle ->
                handle.createUpdate(
                                """
                                with kept as (
                                    insert into email (workspace_id, id, mailbox_id, message_id, sender, subject,
                                                       state, finished_at, give_up_at)
                                    select :workspace,
                                           cast(lpad(to_hex(:first + n), 12, '0') || '70008000'
                                                || lpad(to_hex(n), 12, '0') as uuid),
                                           :mailbox, 'm', 'billing@acme.example', :subject, 'sent', now(), now()
                                    from generate_series(1, :count) as n
                                    returning id
                                )
                                insert into email_search (workspace_id, email_id, terms)
                                select :workspace, id, array_to_tsvector(string_to_array(:terms, ' '))
                                from kept
                                """)
                        .bind("workspace", acme.workspace)
                        .bind("first", first.toEpochMilli())
                        .bind("mailbox", mailbox)
                        .bind("subject", subject)
                        .bind("count", count)
                        .bind("terms", terms(first, subject))
                        .execute());
    }

    private String terms(Instant day, String subject) {
        var id = new UUID(day.toEpochMilli() << 16, 0);
        return SearchTerms.of(
                new EmailKey(acme.workspace, id),
                subject,
                "billing@acme.example",
                List.of("grace@example.org"));
    }

    @Test
    void theApiSaysHowFarItHasLookedAndGoesOnFromThere() throws Exception {
        var first = slowed(() -> acme.read("/emails?limit=50&subject=straw"));

        assertThat(subjects(first)).containsExactly("straw", "straw", "straw");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        var upTo = first.path("looked_up_to");
        assertThat(Instant.parse(upTo.path("time").asText()))
                .isBetween(DAY_AFTER, DAY_AFTER.plusMillis(NEWER));

        var next =
                acme.read("/emails?limit=50&subject=straw&after=" + upTo.path("cursor").asText());
        assertThat(subjects(next)).hasSize(50).containsOnly("needle straw");
        assertThat(next.has("looked_up_to")).isFalse();
    }

    @Test
    void thePageSaysSoInWordsAndOffersToLookFurther() throws Exception {
        var owner = ConsoleVisitor.signedIn(acme.email(Role.OWNER));

        var some = slowed(() -> owner.page("/console/emails?subject=straw"));
        assertThat(some)
                .containsPattern("Looked back to (?s:.{1,300})2 Mar 2025")
                .contains("so far.", "Look further")
                .doesNotContain(">Older<");

        var none = slowed(() -> owner.page("/console/emails?subject=needle"));
        assertThat(none)
                .contains("Nothing was found back to ", "Look further")
                .doesNotContain("No email is like that.");
        var further = Pattern.compile("href=\"([^\"]+)\">Look further<").matcher(none);
        assertThat(further.find()).as(none).isTrue();
        assertThat(owner.page(further.group(1).replace("&amp;", "&")))
                .contains("needle straw")
                .doesNotContain("Look further");
    }

    /** Whatever is read of the index meanwhile waits, and for longer than a search has patience. */
    private <T> T slowed(Callable<T> search) throws Exception {
        var isLocked = new Semaphore(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var lock =
                    threads.submit(() ->
                            database.inTransaction(handle -> {
                                handle.execute("lock table email_search in access exclusive mode");
                                isLocked.release();
                                return handle.execute(UNTIL_ONE_HAS_WAITED);
                            }));
            isLocked.acquire();
            var found = search.call();
            lock.get();
            return found;
        }
    }

    private static final String UNTIL_ONE_HAS_WAITED =
            """
            do $$
            begin
                while not exists (
                    select 1
                    from pg_locks
                    where relation = cast('email_search' as regclass)
                      and not granted
                      and waitstart < clock_timestamp() - interval '1050 milliseconds')
                loop
                    perform pg_sleep(0.02);
                end loop;
            end $$
            """;

    private static List<String> subjects(JsonNode list) {
        return list.path("data").valueStream().map(each -> each.path("subject").asText()).toList();
    }
}
