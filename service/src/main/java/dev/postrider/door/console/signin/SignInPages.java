package dev.postrider.door.console.signin;

import dev.postrider.door.console.ConsoleCookie;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Url;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.issuer.BeginSignIn;
import dev.postrider.identity.issuer.Issuers;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page on which one signs in, as it is at first and after what didn't work. */
@Singleton
final class SignInPages {
    /** Which provider has signed the browser's user in, for when they sign out. */
    static final String PROVIDER = "provider";

    static final String BELOW = "/console/sign-in/openid/";

    private final Template template;
    private final ConsolePages pages;
    private final ConsoleCookie cookie;
    private final BeginSignIn providers;

    SignInPages(
            @Location("console/signin/sign-in.html") Template template,
            ConsolePages pages,
            ConsoleCookie cookie,
            BeginSignIn providers) {
        this.template = template;
        this.pages = pages;
        this.cookie = cookie;
        this.providers = providers;
    }

    /**
     * As it is at first.
     *
     * @param token the cookie that its form is tied to
     * @param leaving the id of the provider where one is still signed in
     */
    Response page(
            OpaqueToken token, String next, String note, Optional<String> leaving, UriInfo uri) {
        return page(200, token, next, "", null, note, leaving, uri);
    }

    /**
     * After something that didn't work.
     *
     * @param alert what, and what to do
     */
    Response again(
            int status, OpaqueToken token, String next, String email, String alert, UriInfo uri) {
        return page(status, token, next, email, alert, "", Optional.empty(), uri);
    }

    private Response page(
            int status,
            OpaqueToken token,
            String next,
            String email,
            @Nullable String alert,
            String note,
            Optional<String> leaving,
            UriInfo uri) {
        var page =
                new SignInPage(
                        ConsoleCookie.formToken(token),
                        next,
                        email,
                        alert,
                        providers.choices().stream().map(each -> way(each, next)).toList(),
                        leaving.flatMap(this::end).orElse(null));
        return Response.fromResponse(pages.open(status, template, "Sign in", page, note))
                .header(HttpHeaders.SET_COOKIE, cookie.setting(token, uri))
                .build();
    }

    private static SignInPage.Provider way(Issuers.Choice provider, String next) {
        return new SignInPage.Provider(
                provider.label(), BELOW + provider.id() + "/begin?next=" + Url.encode(next));
    }

    private Optional<SignInPage.Provider> end(String id) {
        return providers.choices().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .map(each -> new SignInPage.Provider(each.label(), BELOW + each.id() + "/end"));
    }
}
