package dev.postrider.mime.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.compose.CountedText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeriveTextTest {
    @Test
    void readsLikeTheHtmlLooks() {
        assertThat(
                        DeriveText.from(
                                """
                                <html><head><title>no</title><style>p{}</style></head><body>
                                <div style="display: none">preheader</div>
                                <h1>Invoice&nbsp;42</h1>
                                <p>Dear   <b>Bob</b>,<br>please pay
                                by <i>Friday</i>.</p>
                                <ul><li>one</li><li><p>two</p></li></ul>
                                <ol><li>first<li>second</ol>
                                <table><tr><td>Total</td><td>10&euro;</td></tr>
                                <tr><td>Tax</td><td>2&euro;</td></tr></table>
                                <p><a href="https://example.com/pay">Pay now</a> or ask
                                <a href="mailto:a@example.com">a@example.com</a>,
                                <a href="https://example.com">example.com</a> <a href="#top">up</a></p>
                                <hr><pre>a  b
                                  c</pre><img src="x.png" alt="Logo"><script>no()</script>
                                </body></html>
                                """))
                .isEqualTo(
                        """
                        Invoice 42

                        Dear Bob,
                        please pay by Friday.

                        - one
                        - two

                        1. first
                        2. second

                        Total 10€
                        Tax 2€

                        Pay now (https://example.com/pay) or ask a@example.com, example.com up

                        ----------------------------------------

                        a  b
                          c

                        Logo\
                        """);
    }

    @Test
    void keepsAtMostOneEmptyLine() {
        assertThat(DeriveText.from("a<br><br><br><br>b<div><div><p>c</p></div></div><div>d</div>"))
                .isEqualTo("a\n\nb\n\nc\n\nd");
    }

    @Test
    void isEmptyForWhatShowsNothing() {
        assertThat(DeriveText.from("")).isEmpty();
        assertThat(DeriveText.from(" <p>&nbsp;</p> <!-- x --> <style>a</style>")).isEmpty();
    }

    @Test
    void survivesHtmlThatIsBrokenOrDeep() {
        assertThat(DeriveText.from("<p><b>a<i>b</p>c</b><td>d")).isEqualTo("ab\n\nc d");
        assertThat(DeriveText.from("<div>".repeat(50_000) + "x")).isEqualTo("x");
    }

    @Test
    void takesTagsApartAsBrowsersDo() {
        assertThat(DeriveText.from("a<!-- <p>b --><!doctype x><?php y ?>c</>d< e <3 &lt;p&gt;"))
                .isEqualTo("acd< e <3 <p>");
        assertThat(DeriveText.from("<IMG ALT = 'a > b'/><a\nHREF=x?a&amp;b>y</A >"))
                .isEqualTo("a > by (x?a&b)");
        assertThat(DeriveText.from("<script>if (a</b>) '<p>' </scripty></SCRIPT >x<style>"))
                .isEqualTo("x");
        assertThat(DeriveText.from("<!-->a<!--->b<!-- -- >c -->d<!--e")).isEqualTo("abd");
        assertThat(DeriveText.from("<textarea><b>a</b></textarea>b<img alt=\"c"))
                .isEqualTo("<b>a</b>b");
    }

    @Test
    void leavesOutWhatIsHiddenAndNothingElse() {
        assertThat(DeriveText.from("<p hidden>a<b>b</b></p>c")).isEqualTo("c");
        assertThat(DeriveText.from("<p hidden>a<p>b")).isEqualTo("b");
        assertThat(DeriveText.from("<ul><li style='DISPLAY : none'>a<li>b</ul>")).isEqualTo("- b");
        assertThat(DeriveText.from("<div hidden>a<div>b</div>c</div>d")).isEqualTo("d");
        assertThat(DeriveText.from("<head><title>a</title><p>b")).isEqualTo("b");
        assertThat(DeriveText.from("<img hidden alt=a>b<noscript>c<p>d</noscript>e"))
                .isEqualTo("be");
    }

    @Test
    void tellsWhereLinksLeadWhateverIsLeftOpen() {
        assertThat(DeriveText.from("<a href=x>a<a href=y>b")).isEqualTo("a (x)b (y)");
        assertThat(DeriveText.from("a</a><a href=x><p>x</p></a>")).isEqualTo("a\n\nx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "<a",
                "</",
                "<!",
                "<!--",
                "<!-- --",
                "<?",
                "<a b=\"",
                "<a b='",
                "<a b ",
                "<a ",
                "<script",
                "<script></scrip",
                "<title></",
                "&",
                "&amp",
                "&#",
                "<div>",
                "<b>",
                "<b><p></b>",
                "<a href=x>x",
                "<table><p>",
                "<table>x<b>",
                "<a><table><td>",
                "<object>",
                "<marquee>",
                "<ul><li>",
                "</p></b>",
                "<p hidden>",
                "<div hidden>",
                "<pre>\n",
                "<hr>",
                "x ",
                "\u00a0",
            })
    void looksAtEachCharacterAFewTimesHoweverHostileTheyAre(String piece) {
        for (int length : List.of(100_000, 1_000_000)) {
            CountedText html = new CountedText(piece.repeat(length / piece.length()));
            String text = DeriveText.of(html);
            assertThat(html.looks()).isLessThan(8L * length);
            assertThat(text.length()).isLessThan(11 * length);
        }
    }
}
