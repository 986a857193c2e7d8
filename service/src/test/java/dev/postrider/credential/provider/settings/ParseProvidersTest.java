package dev.postrider.credential.provider.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.credential.provider.AppAccess;
import dev.postrider.credential.provider.AppScopes;
import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.TestProviders;
import dev.postrider.credential.provider.Tier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The providers' file, as the operator writes it. */
final class ParseProvidersTest {
    @Test
    void whatIsLeftOutIsAsTheProviderHasIt() {
        var google = parse("{'google':[{'client_id':'me','client_secret':'hush'}]}");
        assertThat(google.name()).isEqualTo("default");
        assertThat(google.endpoints().token())
                .isEqualTo(URI.create("https://oauth2.googleapis.com/token"));
        assertThat(google.endpoints().api()).isEqualTo(URI.create("https://gmail.googleapis.com"));
        assertThat(google.scopes().toAuthorize(Tier.SEND))
                .containsExactly("openid", "email", "https://www.googleapis.com/auth/gmail.send");
        assertThat(google.toString()).doesNotContain("hush");

        var microsoft =
                parse(
                        "{'microsoft':[{'client_id':'me','client_secret':'hush','tenant':'example.com'}]}");
        assertThat(microsoft.endpoints().token())
                .isEqualTo(
                        URI.create(
                                "https://login.microsoftonline.com/example.com/oauth2/v2.0/token"));
        assertThat(microsoft.scopes().ofTier(Tier.SEND))
                .containsExactly(
                        "https://graph.microsoft.com/User.Read",
                        "https://graph.microsoft.com/Mail.Send");
        assertThat(microsoft.endpoints().revoke()).isEmpty();
    }

    @Test
    void endpointsMayBeAnyAddressTheOperatorNames() {
        var app =
                parse(
                        "{'microsoft':[{'name':'test','client_id':'me','client_secret':'s','tenant':'t1',"
                                + "'endpoints':{'token':'http://127.0.0.1:8/{tenant}/token','api':'http://10.0.0.1:9'}}]}");
        assertThat(app.endpoints().token()).isEqualTo(URI.create("http://127.0.0.1:8/t1/token"));
        assertThat(app.endpoints().userinfo()).isEqualTo(URI.create("http://10.0.0.1:9/v1.0/me"));
        assertThat(app.scopes().ofTier(Tier.SEND))
                .contains("https://graph.microsoft.com/Mail.Send");
    }

    @Test
    void withSmtpOneConsentIsForBoth() {
        var google =
                parse("{'google':[{'client_id':'me','client_secret':'s','smtp':true}]}").scopes();
        assertThat(google.toAuthorize(Tier.SEND))
                .as("the whole mailbox contains sending")
                .containsExactly("openid", "email", "https://mail.google.com/");
        assertThat(google.tier(Set.of("mail.google.com"))).contains(Tier.READ);
        var microsoft =
                parse("{'microsoft':[{'client_id':'me','client_secret':'s','smtp':true}]}")
                        .scopes();
        assertThat(microsoft.toAuthorize(Tier.SEND))
                .contains(
                        "https://outlook.office.com/SMTP.Send",
                        "https://graph.microsoft.com/Mail.Send");
        assertThat(microsoft.toRedeem(Tier.SEND))
                .doesNotContain("https://outlook.office.com/SMTP.Send");
    }

    @Test
    void scopesAreComparedWithoutResourceAndCase() {
        var scopes = parse("{'microsoft':[{'client_id':'me','client_secret':'s'}]}").scopes();
        var granted = AppScopes.shortened(List.of("https://other.example/mail.send", "user.READ"));
        assertThat(scopes.missing(Tier.SEND, granted)).isEmpty();
        assertThat(scopes.missing(Tier.SETTLE, granted))
                .containsExactly("https://graph.microsoft.com/Mail.ReadBasic");
        assertThat(scopes.tier(Set.of("mail.send", "user.read", "mail.readwrite")))
                .contains(Tier.READ);
        assertThat(scopes.tier(Set.of("user.read"))).isEmpty();
    }

    @Test
    void anAppOfAnOrganisationIsForWhatIsListed() {
        var app =
                parse(
                        "{'microsoft':[{'name':'daemon','access':'application','client_id':'me',"
                                + "'client_secret':'s','tenant':'example.com','tier':'settle',"
                                + "'allow':['Example.com','ann@other.example']}]}");
        var access = (AppAccess.Application) app.access();
        assertThat(access.covers("bob@EXAMPLE.com")).isTrue();
        assertThat(access.covers("ann@other.example")).isTrue();
        assertThat(access.covers("bob@other.example")).isFalse();
        assertThat(access.covers("bob@sub.example.com")).isFalse();
        assertThat(access.covers("bob@evilexample.com")).isFalse();
        assertThat(app.scopes().ofApplication(Tier.SETTLE, Audience.API))
                .containsExactly("https://graph.microsoft.com/.default");
    }

    @Test
    void oneWithoutNameIsFoundAmongThoseUsersConsentTo() {
        var apps =
                TestProviders.parse(
                        json(
                                "{'microsoft':[{'name':'daemon','access':'application','client_id':'a',"
                                        + "'client_secret':'s','tenant':'example.com','allow':['example.com']},"
                                        + "{'name':'crm','client_id':'b','client_secret':'s'}]}"));
        assertThat(apps.find(Provider.MICROSOFT, Optional.empty()).map(ProviderApp::name))
                .contains("crm");
        assertThat(apps.find(Provider.MICROSOFT, Optional.of("daemon"))).isPresent();
        assertThat(apps.find(Provider.GOOGLE, Optional.empty())).isEmpty();
    }

    @Test
    void environmentAndFileComeTogetherUnlessTheirNamesAreTheSame(@TempDir Path folder)
            throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("apps.json"),
                        json("{'google':[{'name':'crm','client_id':'b','client_secret':'s'}]}"));
        var usual = Map.of(Provider.GOOGLE, Map.of("client_id", "a", "client_secret", "s"));
        assertThat(ParseProviders.from(usual, Optional.of(file)).all())
                .extracting(ProviderApp::label)
                .containsExactly("google/default", "google/crm");
        Files.writeString(file, json("{'google':[{'client_id':'b','client_secret':'s'}]}"));
        assertThatThrownBy(() -> ParseProviders.from(usual, Optional.of(file)))
                .isInstanceOf(BadProviders.class)
                .hasMessageContaining("two apps of google with the name \"default\"");
    }

    @Test
    void secretsThatEndWithinAMonthAreKnown() {
        var apps =
                TestProviders.parse(
                        json(
                                "{'google':[{'client_id':'a','client_secret':'s','secret_expires':'2027-01-31'}]}"));
        assertThat(apps.secretsThatEnd(LocalDate.of(2026, 12, 31))).isEmpty();
        assertThat(apps.secretsThatEnd(LocalDate.of(2027, 1, 2))).hasSize(1);
        assertThat(apps.secretsThatEnd(LocalDate.of(2028, 1, 2))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | it isn't JSON (line 1",
                "[] | it must be an object with",
                "{'google':{}} | \"google\" must be a list of apps",
                "{'yahoo':[]} | the file has an unknown field \"yahoo\"",
                "{'google':[1]} | google[0] must be an object",
                "{'google':[{'client_secret':'topsecret'}]} | google[0]: \"client_id\" is missing",
                "{'google':[{'client_id':'a'}]} | google[0]: \"client_secret\" is missing",
                "{'google':[{'client_id':7,'client_secret':'topsecret'}]} | \"client_id\" must be a text",
                "{'google':[{'client_id':'a','secret':'topsecret'}]} | google[0] has an unknown field \"secret\"",
                "{'google':[{'client_id':'a','client_secret':'topsecret','tenant':'x'}]} | unknown field \"tenant\"",
                "{'google':[{'name':'A b','client_id':'a','client_secret':'topsecret'}]} | \"name\" must be made of",
                "{'google':[{'client_id':'a','client_secret':'topsecret','smtp':'yes'}]} | \"smtp\" must be true or false",
                "{'google':[{'client_id':'a','client_secret':'topsecret','secret_expires':'soon'}]} | must be a date",
                "{'google':[{'client_id':'a','client_secret':'topsecret','endpoints':{'token':'ftp://x'}}]} | google[0].endpoints: \"token\" must be an http",
                "{'google':[{'client_id':'a','client_secret':'topsecret','endpoints':{'tokens':'http://x'}}]} | unknown field \"tokens\"",
                "{'google':[{'client_id':'a','client_secret':'topsecret','scopes':{'send':[]}}]} | must be a list of texts",
                "{'google':[{'client_id':'a','client_secret':'topsecret','allow':['a']}]} | \"allow\" is for apps with",
                "{'google':[{'access':'application','allow':['a']}]} | \"service_account\" is missing",
                "{'google':[{'access':'application','service_account':'k.json'}]} | \"allow\" must list",
                "{'google':[{'access':'all','client_id':'a','client_secret':'topsecret'}]} | \"access\" must be",
                "{'microsoft':[{'access':'application','client_id':'a','client_secret':'topsecret','allow':['a']}]} | \"tenant\" must be the organisation's own",
                "{'microsoft':[{'client_id':'a','client_secret':'topsecret','tenant':'a/b'}]} | \"tenant\" must be common",
                "{'microsoft':[{'client_id':'a','certificate':'/no/such.pem'}]} | The file \"/no/such.pem\" can't be read",
                "{'google':[{'client_id':'a','client_id':'b','client_secret':'topsecret'}]} | it isn't JSON",
            })
    void whatIsWrongIsSaidWithItsPlaceAndWithoutSecrets(String file, String message) {
        assertThatThrownBy(() -> TestProviders.parse(json(file)))
                .isInstanceOf(BadProviders.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("topsecret");
    }

    private static ProviderApp parse(String file) {
        return TestProviders.parse(json(file)).all().getFirst();
    }

    private static String json(String text) {
        return text.replace('\'', '"').replace("isn\"t", "isn't");
    }
}
