package dev.postrider.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.rig.Chromium;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The console in a real browser, in a workspace of the test's own. Whatever the browser's console
 * complains of fails the test: errors, what the policy blocks, requests that lead elsewhere.
 */
public class ConsoleScene {
    /** Markup that would do something if it weren't escaped; the browser would complain, too. */
    public static final String MARKUP =
            "\"'><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">{frame}";

    protected final Database database;
    private final Users users;
    protected ConsoleTenant acme;
    protected Chromium window;

    protected ConsoleScene(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void open() {
        acme = ConsoleTenant.named(database, users, "Acme & Söhne");
        window = Chromium.fresh();
    }

    @AfterEach
    void nothingIsComplainedOf() {
        assertThat(window.complaints(Api.publicUrl())).isEmpty();
    }

    /** A page that isn't what was asked for is what the browser may complain of. */
    protected void complainsOf(int status) {
        assertThat(window.complaints(Api.publicUrl()))
                .isNotEmpty()
                .allMatch(line -> line.contains(String.valueOf(status)));
    }

    protected void signIn(Role role) {
        window.forgetCookies();
        go("/console/sign-in");
        window.find("#email").sendKeys(acme.email(role));
        window.find("#password").sendKeys(ConsoleTenant.PASSWORD);
        window.click("Sign in");
        window.waitForTitle("Overview · Postrider");
    }

    protected void go(String path) {
        window.open(Api.publicUrl() + path);
    }

    /**
     * In both colours, on a phone and on a desk: nothing in anybody's way, and a picture of it.
     * Where only the colours are others, only they are looked at again.
     */
    protected void looksRight(String name) {
        for (var width : new int[] {390, 1280}) {
            looksRight(name, width, false);
            window.look(width, true);
            looksRight(shown(name, width, true), window.barriersOfColour());
        }
        window.look(1280, false);
    }

    protected void looksRight(String name, int width, boolean dark) {
        window.look(width, dark);
        looksRight(shown(name, width, dark), window.barriers());
    }

    private void looksRight(String shown, List<String> barriers) {
        assertThat(barriers).as(shown).isEmpty();
        assertThat(window.overflows()).as(shown).isFalse();
        window.takePicture(shown);
    }

    private static String shown(String name, int width, boolean dark) {
        return "console-" + name + "-" + width + (dark ? "-dark" : "");
    }

    /** What was put into names and texts did nothing but stand there. */
    protected void nothingRan() {
        assertThat(window.title()).isNotEqualTo("owned");
        assertThat(window.text()).contains("<script>document.title='owned'</script>");
    }
}
