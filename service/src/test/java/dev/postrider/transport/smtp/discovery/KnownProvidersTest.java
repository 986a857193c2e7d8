package dev.postrider.transport.smtp.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownProvidersTest {
    private final KnownProviders providers = new KnownProviders();

    @ParameterizedTest
    @CsvSource({
        "gmail.com,               smtp.gmail.com,        587, STARTTLS",
        "googlemail.com,          smtp.gmail.com,        587, STARTTLS",
        "contoso.onmicrosoft.com, smtp.office365.com,    587, STARTTLS",
        "outlook.com,             smtp-mail.outlook.com, 587, STARTTLS",
        "hotmail.com,             smtp-mail.outlook.com, 587, STARTTLS",
        "live.com,                smtp-mail.outlook.com, 587, STARTTLS",
        "yahoo.com,               smtp.mail.yahoo.com,   465, IMPLICIT",
        "aol.com,                 smtp.aol.com,          465, IMPLICIT",
        "icloud.com,              smtp.mail.me.com,      587, STARTTLS",
        "me.com,                  smtp.mail.me.com,      587, STARTTLS",
        "mac.com,                 smtp.mail.me.com,      587, STARTTLS",
        "fastmail.com,            smtp.fastmail.com,     465, IMPLICIT",
        "zoho.com,                smtp.zoho.com,         465, IMPLICIT",
        "zoho.eu,                 smtp.zoho.eu,          465, IMPLICIT",
        "zohomail.in,             smtp.zoho.in,          465, IMPLICIT",
        "zoho.com.au,             smtp.zoho.com.au,      465, IMPLICIT",
        "zoho.jp,                 smtp.zoho.jp,          465, IMPLICIT",
        "gmx.com,                 mail.gmx.com,          587, STARTTLS",
        "yandex.ru,               smtp.yandex.ru,        465, IMPLICIT",
        "mail.ru,                 smtp.mail.ru,          465, IMPLICIT",
        "qq.com,                  smtp.qq.com,           465, IMPLICIT",
        "163.com,                 smtp.163.com,          465, IMPLICIT",
        "126.com,                 smtp.126.com,          465, IMPLICIT",
        "GMail.com,               smtp.gmail.com,        587, STARTTLS",
    })
    void aDomainLeadsToItsProvidersServer(String domain, String host, int port, TlsMode tls) {
        var known = providers.forDomain(domain).orElseThrow();
        assertThat(known.server()).isEqualTo(new SmtpServer(host, port, tls, Optional.empty()));
        assertThat(known.note()).endsWith(".");
        assertThat(providers.forHost(host)).contains(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "mail.gmail.com",
                "yahoo.co.jp",
                "onmicrosoft.com",
                "a.b.onmicrosoft.com",
                "com",
                ""
            })
    void otherDomainsAreNotGuessed(String domain) {
        assertThat(providers.forDomain(domain)).isEmpty();
    }

    @Test
    void theIndexNamesEachFile() throws IOException, URISyntaxException {
        var index = KnownProviders.class.getResource("/providers/index");
        var folder = Path.of(Objects.requireNonNull(index).toURI()).resolveSibling(".");
        var named =
                Files.readAllLines(folder.resolve("index")).stream()
                        .map(name -> name + ".properties")
                        .toList();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.toFile().getName()))
                    .filteredOn(name -> !name.equals("index"))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }
}
