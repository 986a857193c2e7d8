package dev.postrider.smtp.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.smtp.reply.BrokenProtocol;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of RFC 7677 section 3, and servers that cheat. */
class ScramSha256Test {

    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private final ScramSha256 mechanism =
            new ScramSha256(new Credentials.Password("user", "pencil"), "rOprNGfwEbeRWgbNEkqO");

    private String answer(String challenge) throws BrokenProtocol {
        return new String(
                mechanism.answer(challenge.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    @Test
    void theExampleOfTheRfcWorks() throws BrokenProtocol {
        assertThat(answer("")).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        assertThat(answer(SERVER_FIRST))
                .isEqualTo(
                        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(answer("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")).isEmpty();
        mechanism.succeeded();
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsFoundOut() throws BrokenProtocol {
        answer("");
        answer(SERVER_FIRST);
        assertThatThrownBy(() -> answer("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G8="))
                .isInstanceOf(BrokenProtocol.class);
    }

    @Test
    void aServerThatSkipsItsProofIsFoundOut() throws BrokenProtocol {
        answer("");
        answer(SERVER_FIRST);
        assertThatThrownBy(mechanism::succeeded).isInstanceOf(BrokenProtocol.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s=?,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=999999999",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=x"
            })
    void aChallengeThatMakesNoSenseEndsTheLogin(String challenge) throws BrokenProtocol {
        answer("");
        assertThatThrownBy(() -> answer(challenge)).isInstanceOf(BrokenProtocol.class);
    }

    @Test
    void aCommaInAUsersNameIsEscaped() throws BrokenProtocol {
        var comma = new ScramSha256(new Credentials.Password("a,b=c", "x"), "nonce");
        assertThat(new String(comma.answer(new byte[0]), StandardCharsets.UTF_8))
                .isEqualTo("n,,n=a=2Cb=3Dc,r=nonce");
    }
}
