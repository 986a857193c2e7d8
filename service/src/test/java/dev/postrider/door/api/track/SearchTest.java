package dev.postrider.door.api.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.api.send.EmailApi;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Emails are found by what people remember of them, from the moment they are accepted. */
@QuarkusTest
class SearchTest {
    private EmailApi emails;
    private final String mark = "x" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void connect() {
        emails = new EmailApi(mark + "@Sender.example.org");
    }

    @AfterEach
    void disconnect() {
        emails.close();
    }

    @Test
    void aWordOfTheSubjectASenderARecipientAndAllTogether() {
        var invoice = kept("Rechnung für Müller " + mark, "grace@" + mark + ".example");
        var reminder = kept("Mahnung für Söhne " + mark, "Grace@other.example");

        assertThat(ids("subject", mark)).containsExactly(reminder, invoice);
        assertThat(ids("subject", mark.toUpperCase(Locale.ROOT) + " MULLER"))
                .containsExactly(invoice);
        assertThat(ids("subject", mark + " rech")).containsExactly(invoice);
        assertThat(ids("subject", "rech " + mark)).as("only the last may be begun").isEmpty();
        assertThat(ids("subject", mark + " Zebra")).isEmpty();
        assertThat(ids("recipient", "@" + mark + ".example")).containsExactly(invoice);
        assertThat(ids("recipient", mark)).containsExactly(invoice);
        assertThat(ids("recipient", "gra", "subject", mark)).containsExactly(reminder, invoice);
        assertThat(ids("recipient", "grace@other.example", "subject", mark))
                .containsExactly(reminder);
        assertThat(ids("sender", mark + "@sender.EXAMPLE.org")).containsExactly(reminder, invoice);
        assertThat(ids("sender", mark)).containsExactly(reminder, invoice);
        assertThat(ids("sender", mark, "state", "failed")).isEmpty();
        assertThat(ids("sender", mark, "subject", "mahn", "state", "scheduled"))
                .containsExactly(reminder);
        assertThat(ids("subject", mark, "limit", "1", "after", reminder)).containsExactly(invoice);
        assertThat(ids("subject", mark, "limit", "1", "before", invoice)).containsExactly(reminder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subject | --",
                "recipient | a",
                "sender | ' '",
                "recipient | '\u0000\u0000\u0000'"
            })
    void whatSaysNothingIsRefused(String name, String value) {
        var answer = emails.api().get("/emails?" + query(name, value));

        assertThat(answer.status()).as(answer.text()).isIn(400, 422);
    }

    @ParameterizedTest
    @CsvSource({"subject", "recipient", "sender"})
    void signsOfTheSearchLanguageMeanNothing(String name) {
        for (var text : List.of("zq' | 'b", "zq\\", "!zq & (b", "zq:*", "'':* | '''zq", "%_zq%")) {
            assertThat(ids(name, text)).as(text).isEmpty();
        }
    }

    private String kept(String subject, String to) {
        var id =
                emails.post(
                        "{\"from\":\"%s@sender.example.org\",\"to\":\"%s\",\"subject\":\"%s\",\"text\":\"t\",\"scheduled_at\":\"in 1 hour\"}"
                                .formatted(mark, to, subject));
        assertThat(id.status()).as(id.text()).isEqualTo(200);
        return id.json().path("id").asText();
    }

    private List<String> ids(String... query) {
        var answer = emails.api().get("/emails?" + query(query));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().has("looked_up_to")).isFalse();
        return answer.json()
                .path("data")
                .valueStream()
                .map(each -> each.path("id").asText())
                .toList();
    }

    private static String query(String... pairs) {
        var query = new StringBuilder();
        for (var i = 0; i < pairs.length; i += 2) {
            query.append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8))
                    .append('&');
        }
        return query.toString();
    }
}
