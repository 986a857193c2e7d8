package dev.postrider.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
        assertThat(DeriveText.from("<p><b>a<i>b</p>c</b><td>d")).isEqualTo("ab\n\ncd");
        assertThat(DeriveText.from("<div>".repeat(50_000) + "x")).isEqualTo("x");
    }
}
