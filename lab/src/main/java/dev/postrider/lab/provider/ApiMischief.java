package dev.postrider.lab.provider;

import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the providers do to a request. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes a fault
enum ApiMischief {
    /** Takes the message, and resets the connection. */
    SEND_ACCEPTED_AND_RESET(Of.SEND, Fault.acceptThenReset(), Fault.acceptThenReset()),
    /** Takes it, and breaks off in the middle of the answer. */
    SEND_HALF_ANSWER(Of.SEND, new Fault.HalfAnswer(), new Fault.HalfAnswer()),
    /** Takes it, and says that it is out of order, as 504s of Graph have. */
    SEND_ACCEPTED_AND_504(
            Of.SEND,
            Fault.acceptThenAnswer(GoogleError.GATEWAY_TIMEOUT.response()),
            Fault.acceptThenAnswer(GraphError.GATEWAY_TIMEOUT.response())),
    /** A page of something in between, with 200; nothing is taken. */
    SEND_HTML(Of.SEND, Fault.html(200), Fault.html(200)),
    /** Nothing is taken, and nobody can know that. */
    SEND_503(
            Of.SEND,
            Fault.answer(GoogleError.UNAVAILABLE.response()),
            Fault.answer(GraphError.BUSY.response())),
    SEND_RESET(Of.SEND, Fault.resetAfterBody(), Fault.resetBeforeBody()),
    /** The token isn't taken. */
    SEND_401(
            Of.SEND,
            Fault.answer(GoogleError.AUTH.response()),
            Fault.answer(GraphError.TOKEN.response())),
    /** Google's costs a mailbox a minute: it is met once, in the beginning. */
    SEND_429(
            Of.SEND,
            new Fault.Pass(),
            Fault.answer(GraphError.CONCURRENCY.retryAfter(Duration.ofSeconds(2)))),
    LOOK_503(
            Of.LOOK,
            Fault.answer(GoogleError.UNAVAILABLE.response()),
            Fault.answer(GraphError.BUSY.response())),
    LOOK_HALF_ANSWER(Of.LOOK, new Fault.HalfAnswer(), new Fault.HalfAnswer()),
    /** A new token is given, and nobody hears of it. */
    TOKEN_GIVEN_AND_RESET(Of.TOKEN, Fault.acceptThenReset(), Fault.acceptThenReset()),
    TOKEN_HTML(Of.TOKEN, Fault.html(502), Fault.html(502)),
    TOKEN_NOT_NOW(
            Of.TOKEN,
            Fault.answer(GoogleError.TOKEN_BACKEND.response()),
            Fault.answer(EntraError.TENANT_THROTTLED.response())),
    TOKEN_SLOW(Of.TOKEN, Fault.delay(Duration.ofSeconds(3)), Fault.delay(Duration.ofSeconds(3)));

    /** Of tokens there are fewer calls. */
    private static final int TOKENS_MORE_OFTEN = 5;

    private final Of of;
    private final Fault atGoogle;
    private final Fault atMicrosoft;

    /** Which endpoint. */
    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private enum Of {
        SEND(List.of(GoogleEndpoint.SEND), List.of(MicrosoftEndpoint.SEND_MAIL)),
        LOOK(
                List.of(GoogleEndpoint.LIST, GoogleEndpoint.GET),
                List.of(MicrosoftEndpoint.FOLDER_MESSAGES)),
        TOKEN(List.of(GoogleEndpoint.TOKEN), List.of(MicrosoftEndpoint.TOKEN));

        private final List<Endpoint> atGoogle;
        private final List<Endpoint> atMicrosoft;

        Of(List<Endpoint> atGoogle, List<Endpoint> atMicrosoft) {
            this.atGoogle = atGoogle;
            this.atMicrosoft = atMicrosoft;
        }
    }

    ApiMischief(Of of, Fault atGoogle, Fault atMicrosoft) {
        this.of = of;
        this.atGoogle = atGoogle;
        this.atMicrosoft = atMicrosoft;
    }

    List<Endpoint> endpoints(Account.Provider provider) {
        return switch (provider) {
            case GOOGLE -> of.atGoogle;
            case MICROSOFT -> of.atMicrosoft;
        };
    }

    Fault fault(Account.Provider provider) {
        return switch (provider) {
            case GOOGLE -> atGoogle;
            case MICROSOFT -> atMicrosoft;
        };
    }

    /** Of how many thousand requests it meets as many as there are told. */
    int among() {
        var kinds = (int) Arrays.stream(values()).filter(other -> other.of == of).count();
        return of == Of.TOKEN ? 1_000 * kinds / TOKENS_MORE_OFTEN : 1_000 * kinds;
    }
}
