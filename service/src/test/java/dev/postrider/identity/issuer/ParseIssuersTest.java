package dev.postrider.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParseIssuersTest {
    @Test
    void whatIsLeftOutIsAsUsual() {
        assertThat(read("{'issuer': 'https://a.example', 'audience': 'postrider'}"))
                .containsExactly(ParseIssuers.usual("https://a.example", "postrider", false))
                .allSatisfy(issuer -> assertThat(issuer.algorithms()).containsExactly("RS256"));
    }

    @Test
    void eachSettingSetsItsOwn() {
        var issuer =
                read("{'issuer': 'https://a.example', 'audience': 'x', 'algorithms': ['ES256'],"
                                + " 'token_type': 'at+jwt', 'jwks_uri': 'https://a.example/keys',"
                                + " 'introspection': {'client_id': 'i', 'client_secret': 's'},"
                                + " 'create_users': true, 'link_by_email': true, 'email_claim': 'mail',"
                                + " 'workspace_claim': 'org', 'role_claim': 'r',"
                                + " 'roles': {'boss': 'owner'}}")
                        .getFirst();
        assertThat(issuer.algorithms()).containsExactly("ES256");
        assertThat(issuer.tokenType()).contains("at+jwt");
        assertThat(issuer.keys().orElseThrow()).hasToString("https://a.example/keys");
        assertThat(issuer.introspection().orElseThrow().clientSecret()).isEqualTo("s");
        assertThat(issuer.toString()).doesNotContain("clientSecret");
        assertThat(issuer.admission())
                .isEqualTo(
                        new Issuer.Admission(
                                true,
                                true,
                                "mail",
                                Optional.of("org"),
                                Optional.of("r"),
                                Map.of("boss", "owner")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'audience': 'x'}; \"issuer\" is missing",
                "{'issuer': 'https://a.example'}; \"audience\" is missing",
                "{'issuer': 'http://a.example', 'audience': 'x'}; is not an https URL",
                "{'issuer': 'a b', 'audience': 'x'}; is not an https URL",
                "{'issuer': 'https://a.example', 'audience': 'x', 'aud': 'y'}; no setting \"aud\"",
                "{'issuer': 'https://a.example', 'audience': 'x', 'algorithms': ['HS256']}; algorithms",
                "{'issuer': 'https://a.example', 'audience': 'x', 'algorithms': ['none']}; algorithms",
                "{'issuer': 'https://a.example', 'audience': 'x', 'roles': {'a': 'king'}}; roles",
                "{'issuer': 'https://a.example', 'audience': 'x', 'introspection': {}}; client_id",
                "{'issuer': 'https://a.example', 'audience': 'x', 'sign_in': {}}; sign_in.client_id",
                "{'issuer': 'https://a.example', 'audience': 'x', 'sign_in': {'client_id': 'c', 'id': 'A/b'}};"
                        + " sign_in.id",
                "{'issuer': 'https://a.example', 'audience': 'x', 'sign_in': {'client_id': 'c', 'secret': 's'}};"
                        + " no setting \"sign_in.secret\"",
                "{; it isn't JSON",
            })
    void whatIsWrongIsSaid(String issuer, String words) {
        assertThatThrownBy(() -> read(issuer))
                .isInstanceOf(BadIssuers.class)
                .hasMessageContaining(words);
    }

    @Test
    void peopleSignInByWhatIsUsualToo() {
        var usual =
                read("{'issuer': 'https://Login.a.example/x', 'audience': 'x', 'sign_in': {'client_id': 'c'}}")
                        .getFirst()
                        .signIn();
        assertThat(usual)
                .contains(
                        new Issuer.SignIn(
                                "login.a.example",
                                "login.a.example",
                                "c",
                                Optional.empty(),
                                List.of("email", "profile")));
        var own =
                read("{'issuer': 'https://a.example', 'audience': 'x', 'sign_in': {'client_id': 'c', 'client_secret':"
                                + " 's', 'id': 'acme', 'label': 'Acme', 'scopes': ['email']}}")
                        .getFirst()
                        .signIn();
        assertThat(own)
                .contains(
                        new Issuer.SignIn("acme", "Acme", "c", Optional.of("s"), List.of("email")));
    }

    @Test
    void eachHasAnIdOfItsOwnToSignInBy() {
        var signIn = "'audience': 'x', 'sign_in': {'client_id': 'c'}}";
        assertThatThrownBy(() ->
                        read(
                                "{'issuer': 'https://a.example/one', "
                                        + signIn
                                        + ", {'issuer': 'https://a.example/two', "
                                        + signIn))
                .hasMessageContaining("\"a.example\"");
    }

    @Test
    void anIssuerStandsThereOnce() {
        var issuer = "{'issuer': 'https://a.example', 'audience': 'x'}";
        assertThatThrownBy(() -> read(issuer + "," + issuer)).hasMessageContaining("twice");
        assertThatThrownBy(() -> ParseIssuers.parse("{}")).hasMessageContaining("list");
    }

    private static List<Issuer> read(String issuers) {
        return ParseIssuers.parse("[" + issuers.replace('\'', '"') + "]");
    }
}
