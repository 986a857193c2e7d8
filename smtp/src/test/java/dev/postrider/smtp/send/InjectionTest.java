package dev.postrider.smtp.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No field can begin a command of its own (RFC 5321 section 4.1.1). */
class InjectionTest {

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", "\0", "\u0085", "\u2028", "\t", "\u007f"})
    void noFieldTakesAControlCharacter(String evil) {
        String address = "a" + evil + "RSET@b.test";
        assertThatIllegalArgumentException().isThrownBy(() -> Recipient.of(address));
        assertThatIllegalArgumentException().isThrownBy(() -> Envelope.of(address, "a@b.test"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recipient("a@b.test", Set.of(), address));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Envelope(
                                "a@b.test",
                                List.of(Recipient.of("c@d.test")),
                                false,
                                false,
                                null,
                                "id" + evil));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.of("host" + evil, 25, Security.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.of("host", 25, Security.NONE).withEhloName("me" + evil));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credentials.Password("user" + evil, "password"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credentials.Token("user" + evil, () -> ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a@b.test> SIZE=1",
                "<a@b.test",
                "a b@c.test",
                "a\u00a0b@c.test",
                "\"open@b.test",
                "\"a\\\r\"@b.test",
                "a@b.test\" x",
                "\ud800@b.test"
            })
    void anAddressCannotLeaveItsBrackets(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> Recipient.of(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.test",
                "postmaster",
                "\"a b\"@c.test",
                "\"a>b\"@c.test",
                "\"a\\\"b\"@c.test",
                "a+b=c@d.test",
                "用户@例子.test",
                "a@[127.0.0.1]",
                "a@[IPv6:::1]"
            })
    void whatIsAMailboxPasses(String address) {
        assertThat(Recipient.of(address).address()).isEqualTo(address);
    }

    @Test
    void theMessageOfARefusalIsOneLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recipient.of("a\r\nb"))
                .withMessage("not a mailbox: \"a??b\"");
    }

    @Test
    void aPasswordMayHoldAnythingButNul() {
        assertThat(new Credentials.Password("u", "line\r\nbreak").password()).contains("\r\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credentials.Password("u", "a\0b"));
    }
}
