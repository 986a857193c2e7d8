package dev.postrider.door.console;

import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.http.PublicUrl;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns pages into answers, with a policy that lets a browser run our script and nothing else. */
@Singleton
public final class ConsolePages {
    private static final String TYPE = "text/html;charset=utf-8";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";
    static final String POLICY_HEADER = "Content-Security-Policy";
    private static final String SIGN_IN = "/console/sign-in";
    private static final String NOTE = "note=";

    private final Template problem;
    private final Assets assets;
    private final PublicUrl publicUrl;

    ConsolePages(
            @Location("console/problem.html") Template problem,
            Assets assets,
            PublicUrl publicUrl) {
        this.problem = problem;
        this.assets = assets;
        this.publicUrl = publicUrl;
    }

    /** A page of somebody who is signed in. */
    public Response page(Visit visit, Template template, String title, Object page) {
        return page(200, visit, template, title, page);
    }

    public Response page(int status, Visit visit, Template template, String title, Object page) {
        return answer(status, template, frame(title, Optional.of(visit)), page);
    }

    /** A page for everybody. */
    public Response open(int status, Template template, String title, Object page, String note) {
        var frame =
                new ConsoleFrame(
                        title,
                        base(),
                        assets.version(),
                        List.of(),
                        null,
                        Note.text(note).orElse(null));
        return answer(status, template, frame, page);
    }

    /** A part of a page, which its page asks for. */
    public Response part(Template template, Object page) {
        return Response.ok(template.data("page", page).render(), TYPE)
                .header(POLICY_HEADER, POLICY)
                .build();
    }

    private static Response answer(int status, Template template, ConsoleFrame frame, Object page) {
        var html = template.data("frame", frame).data("page", page).render();
        return Response.status(status)
                .entity(html)
                .type(TYPE)
                .header(POLICY_HEADER, POLICY)
                .build();
    }

    private ConsoleFrame frame(String title, Optional<Visit> visitor) {
        return new ConsoleFrame(
                title,
                base(),
                assets.version(),
                visitor.map(ConsolePages::entries).orElse(List.of()),
                visitor.map(ConsolePages::who).orElse(null),
                visitor.flatMap(visit -> note(visit.path())).orElse(null));
    }

    private static ConsoleFrame.Who who(Visit visit) {
        return new ConsoleFrame.Who(
                visit.caller().email(),
                visit.caller().role().code(),
                visit.workspace(),
                visit.formToken());
    }

    private static Optional<String> note(String path) {
        var at = path.lastIndexOf(NOTE);
        return at < 1 || "?&".indexOf(path.charAt(at - 1)) < 0
                ? Optional.empty()
                : Note.text(path.substring(at + NOTE.length()));
    }

    /** What a role may not do isn't offered to it. */
    private static List<ConsoleFrame.Entry> entries(Visit visit) {
        var entries = new ArrayList<ConsoleFrame.Entry>();
        entries.add(entry("Overview", "/console", visit));
        entries.add(entry("Emails", "/console/emails", visit));
        entries.add(entry("Mailboxes", "/console/mailboxes", visit));
        entries.add(entry("API keys", "/console/keys", visit));
        if (visit.isAdmin()) {
            entries.add(entry("Webhooks", "/console/webhooks", visit));
            entries.add(entry("People", "/console/people", visit));
            entries.add(entry("Audit log", "/console/audit", visit));
        }
        if (visit.caller().isOperator()) {
            entries.add(entry("Installation", "/console/installation", visit));
        }
        return entries;
    }

    private static ConsoleFrame.Entry entry(String label, String path, Visit visit) {
        var current = visit.path().replaceFirst("\\?.*", "").replaceFirst("/+$", "");
        var isCurrent =
                current.equals(path)
                        || (!path.equals("/console") && current.startsWith(path + "/"));
        return new ConsoleFrame.Entry(label, path, isCurrent);
    }

    /** After something was done: a page that can be loaded anew without doing it again. */
    public Response goTo(String path) {
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, base() + path)
                .build();
    }

    /**
     * The same, and what was done.
     *
     * @param note a key of {@link Note}
     */
    public Response goTo(String path, String note) {
        return goTo(path + (path.contains("?") ? "&" : "?") + NOTE + note);
    }

    /** To where one signs in, and from there back. */
    Response signInFirst(String path, boolean isPart) {
        var next = SIGN_IN + "?next=" + Url.encode(path);
        return isPart
                ? Response.noContent().header("HX-Refresh", "true").build()
                : goTo(path.equals("/console") ? SIGN_IN : next);
    }

    /** Somebody else's form, or one of a session that has ended meanwhile. */
    Response staleForm() {
        return problem(
                403,
                Optional.empty(),
                "This form is out of date",
                "It comes from a page of another session, or is too large. Nothing was changed. Go"
                        + " back, load that page anew and fill it in again.");
    }

    /** Why a page can't be shown. */
    Response problem(Visit visit, ApiAnswer.Refused refused) {
        if (refused.isSignedOut()) {
            return signInFirst(visit.path(), visit.isPart());
        }
        var title =
                switch (refused.status()) {
                    case 403 -> "Not yours to see";
                    case 404, 410 -> "Not here";
                    case 422, 400 -> "This can't be looked for";
                    case 503 -> "Not now";
                    default -> "That didn't work";
                };
        return problem(refused.status(), Optional.of(visit), title, refused.detail());
    }

    Response problem(int status, Optional<Visit> visit, String title, String text) {
        return answer(status, problem, frame(title, visit), new ProblemPage(title, text));
    }

    /** A page that says what is wrong. */
    public record ProblemPage(String title, String text) {}

    /** The base of our URLs in a browser, without a slash at its end. */
    public String base() {
        return publicUrl.url().map(URI::getRawPath).orElse("").replaceFirst("/+$", "");
    }
}
