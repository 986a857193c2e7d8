package dev.postrider.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

final class UrlTest {
    @Test
    void whatMeansSomethingInAUrlMeansNothingInItsTexts() {
        assertThat(Url.encode("a b+c/d?e&f=g%h#ü"))
                .isEqualTo("a%20b%2Bc%2Fd%3Fe%26f%3Dg%25h%23%C3%BC");
    }

    @Test
    void whatIsEmptyIsLeftOut() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("after", "");
        fields.put("search", "ann & bob");
        fields.put("state", "held");

        assertThat(Url.query(fields)).isEqualTo("search=ann%20%26%20bob&state=held");
        assertThat(Url.and("search", "")).isEmpty();
        assertThat(Url.and("search", null)).isEmpty();
        assertThat(Url.and("search", "a=b")).isEqualTo("&search=a%3Db");
    }
}
