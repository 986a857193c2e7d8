package dev.postrider.identity.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReturnUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//crm.example.com/",
                "crm.example.com",
                "http://crm.example.com/",
                "http://127.0.0.1.example.com/",
                "http://localhost.example.com/",
                "javascript:alert(1)",
                "data:text/html,hello",
                "ftp://crm.example.com/",
                "mailto:ann@example.org",
                "https:/crm.example.com/",
                "https:crm.example.com",
                "https:///crm.example.com",
                "https://",
                "https://crm.example.com@evil.example/",
                "https://user:secret@crm.example.com/",
                "https://crm.example.com\\@evil.example/",
                "https://crm.example.com/\\evil",
                "https://crm.example.com/#x",
                "https://crm.example.com/a/../b",
                "https://crm.example.com/..",
                "https://crm.example.com/%2e%2E/b",
                "https://crm.example.com/.%2e/b",
                "https://crm.example.com/./b",
                "https://crm.example.com/a//b",
                "https://crm.example.com//b",
                "https://crm.example.com/a b",
                "https://crm.example.com/\r\nSet-Cookie:x=y",
                "https://crm.example.com/%zz",
                "https://crm.ex\u00e4mple.com/",
                "https://crm.example.com:port/",
                "https://crm_1:99999999999/",
                " https://crm.example.com/",
            })
    void isNoneThatABrowserCouldReadOtherwise(String text) {
        assertThat(ReturnUrl.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://crm.example.com,         https://crm.example.com,             true",
        "https://crm.example.com,         https://crm.example.com/,            true",
        "https://crm.example.com/,        https://crm.example.com/mail?x=1,    true",
        "https://crm.example.com,         https://CRM.example.com/mail,        true",
        "https://crm.example.com,         https://crm.example.com:443/mail,    true",
        "https://crm.example.com/mail,    https://crm.example.com/mail,        true",
        "https://crm.example.com/mail/,   https://crm.example.com/mail,        true",
        "https://crm.example.com/mail,    https://crm.example.com/mail/done,   true",
        "https://crm.example.com/mail,    https://crm.example.com/mailer,      false",
        "https://crm.example.com/mail,    https://crm.example.com/Mail,        false",
        "https://crm.example.com/mail,    https://crm.example.com/,            false",
        "https://crm.example.com/mail,    https://crm.example.com/m%61il,      false",
        "https://crm.example.com,         https://crm.example.com:8443/,       false",
        "https://crm.example.com,         https://crm.example.com.evil.example/, false",
        "https://crm.example.com,         https://evil.example/crm.example.com, false",
        "https://crm.example.com,         https://sub.crm.example.com/,        false",
        "https://localhost:9/,            http://localhost:9/,                 false",
        "http://localhost:9/,             http://localhost:9/a,                true",
        "http://127.0.0.1:9/,             http://127.0.0.1:9/a,                true",
        "http://[::1]:9/,                 http://[::1]:9/a,                    true",
        "http://localhost:9/,             http://127.0.0.1:9/,                 false",
    })
    void coversItsOwnOriginAndWholeSegments(String listed, String asked, boolean covered) {
        assertThat(
                        ReturnUrl.parse(listed)
                                .orElseThrow()
                                .covers(ReturnUrl.parse(asked).orElseThrow()))
                .isEqualTo(covered);
    }

    @Test
    void takesTheOutcomeBehindItsOwnParameters() {
        var outcome = new LinkedHashMap<String, String>();
        outcome.put("status", "connected");
        outcome.put("state", "a&b=c \u00fc");
        assertThat(ReturnUrl.parse("https://a.example/x?y=1").orElseThrow().with(outcome))
                .hasToString("https://a.example/x?y=1&status=connected&state=a%26b%3Dc+%C3%BC");
        assertThat(ReturnUrl.parse("https://a.example/x").orElseThrow().with(outcome))
                .hasToString("https://a.example/x?status=connected&state=a%26b%3Dc+%C3%BC");
    }
}
