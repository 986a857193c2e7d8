package dev.postrider.door.console.signin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param next where it leads afterwards
 * @param alert why the last try failed
 * @param providers where one may sign in instead
 * @param leaving the provider where one is still signed in, after signing out here
 */
public record SignInPage(
        String formToken,
        String next,
        String email,
        @Nullable String alert,
        List<Provider> providers,
        @Nullable Provider leaving) {
    public SignInPage {
        providers = List.copyOf(providers);
    }

    /**
     * An OpenID provider.
     *
     * @param path of the link that leads there
     */
    public record Provider(String label, String path) {}
}
