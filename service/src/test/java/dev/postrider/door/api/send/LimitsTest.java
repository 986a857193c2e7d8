package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static dev.postrider.door.api.send.EmailApi.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.door.api.send.Edges.Edge;
import dev.postrider.http.Api.Answer;
import dev.postrider.http.Description;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each limit in {@code /openapi.json} is where it is said to be, and there is no other. */
@QuarkusTest
class LimitsTest {
    private static final String RAW_HEADER =
            "From: described@example.org\r\nTo: g@example.org\r\n\r\n";

    private static EmailApi emails;
    private static HttpServer web;

    @BeforeAll
    static void connect() throws IOException {
        emails = new EmailApi("described@example.org");
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        web.start();
    }

    @AfterAll
    static void disconnect() {
        web.stop(0);
        emails.close();
    }

    @TestFactory
    List<DynamicTest> eachIsWhereItIsSaidToBe() {
        return all().stream()
                .map(edge -> DynamicTest.dynamicTest(edge.toString(), () -> assertLimit(edge)))
                .toList();
    }

    private static void assertLimit(Edge edge) {
        var fits = emails.api().post(edge.operation(), edge.fits());
        var exceeds = emails.api().post(edge.operation(), edge.exceeds());

        assertThat(fits.status()).as(fits.text()).isEqualTo(200);
        assertThat(exceeds.status()).as(exceeds.text()).isEqualTo(422);
        assertThat(exceeds.json().path("errors"))
                .as(exceeds.text())
                .anyMatch(error -> isSame(error.path("field").asText(), edge.field()));
    }

    /** An error may name what the field is in, or what in it is wrong. */
    private static boolean isSame(String named, String field) {
        return !named.isEmpty() && (field.startsWith(named) || named.startsWith(field));
    }

    @Test
    void theTestNoticesALimitThatIsElsewhere() {
        var fits =
                json(
                        "{'to':'g@example.org','text':'t','subject':'s','from':'described@example.org'}");
        var edge = new Edge("/emails", "subject", "none", fits, fits);
        assertThat(Collections.singleton(edge)).noneSatisfy(LimitsTest::assertLimit);
    }

    private static List<Edge> all() {
        var document = new Description().document();
        var fillers = new Fillers("http://127.0.0.1:" + web.getAddress().getPort() + "/");
        var edges = new ArrayList<Edge>();
        edges.addAll(Edges.of(document, "/emails", "Email", email(), fillers));
        edges.addAll(Edges.of(document, "/emails/raw", "RawEmail", raw(), fillers));
        edges.addAll(
                Edges.of(document, "/smtp/send-email", "SendEmailRequest", awaited(), fillers));
        var batch =
                document.at(
                        "/paths/~1emails~1batch/post/requestBody/content/application~1json/schema");
        edges.add(batch(batch.path("maxItems").asInt(), batch.path("maxItems").asInt() + 1));
        edges.add(batch(batch.path("minItems").asInt(), batch.path("minItems").asInt() - 1));
        return edges;
    }

    private static Edge batch(int fits, int exceeds) {
        return new Edge("/emails/batch", "body", "items " + fits, list(fits), list(exceeds));
    }

    private static String list(int count) {
        return Collections.nCopies(count, emails.email()).toString();
    }

    private static ObjectNode email() {
        return (ObjectNode)
                tree(
                        json(
                                """
                                {'from':'described@example.org','to':['g@example.org'],'cc':['c@example.org'],
                                 'bcc':['b@example.org'],'reply_to':['r@example.org'],'subject':'s','html':'h','text':'t',
                                 'headers':{'X-Own':'v'},
                                 'attachments':[{'content':'YQ==','encoding':'base64','filename':'f','content_type':'text/plain','content_id':'c'}],
                                 'tags':[{'name':'n','value':'v'}],'scheduled_at':'in 100 days',
                                 'in_reply_to':'<a@b>','references':['<a@b>'],'message_id':'<m@example.org>',
                                 'priority':'low','on_unknown':'report',
                                 'invitation':{'method':'REQUEST','ics':'ICS','attached':false},
                                 'unsubscribe':{'urls':['https://e.org/'],'one_click':true}}
                                """
                                        .replace(
                                                "ICS",
                                                Fillers.ics("", "REQUEST")
                                                        .replace("\r\n", "\\r\\n"))));
    }

    private static ObjectNode raw() {
        return (ObjectNode)
                tree(
                        json(
                                """
                                {'raw':'%s','to':['g@example.org'],'tags':[{'name':'n','value':'v'}],
                                 'scheduled_at':'in 100 days','priority':'low','on_unknown':'report'}
                                """
                                        .formatted((RAW_HEADER + "x").replace("\r\n", "\\r\\n"))));
    }

    private static ObjectNode awaited() {
        return (ObjectNode) tree(json("{'to':'g@example.org','subject':'s','message':'m'}"));
    }

    @Test
    void aMessageMayHaveSoManyOctetsInAll() {
        var room = 41_943_040 - RAW_HEADER.length();
        var line = "x".repeat(98) + "\r\n";
        var text = line.repeat(room / line.length());
        var rest = room - text.length();
        assertThat(raw(text + "y".repeat(rest - 2) + "\r\n").status()).isEqualTo(200);
        var exceeds = raw(text + "y".repeat(rest - 1) + "\r\n");
        assertThat(exceeds.status()).isEqualTo(422);
        assertThat(exceeds.json().at("/errors/0/field").asText()).isEqualTo("raw");
    }

    private static Answer raw(String text) {
        var message = RAW_HEADER + text;
        return emails.api().post("/emails/raw", raw().put("raw", message).toString());
    }
}
