package dev.postrider.credential.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.credential.provider.token.ProviderCalls.Reply;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks whose mailbox a new access token opens: its address is what people know it by. */
record FindAccount(ProviderCalls calls) {
    private static final Pattern ADDRESS =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,255}");

    /** A guest's name in a tenant that isn't home to its mailbox. */
    private static final String GUEST = "#ext#";

    /** What is known then. */
    sealed interface Found {
        record Mailbox(String address) implements Found {}

        record None(String problem) implements Found {}

        record NotNow(String problem) implements Found {}
    }

    Found ask(ProviderApp app, ReadIdToken.Identity identity, AccessToken access)
            throws InterruptedException {
        var known = identity.email().filter(FindAccount::isAddress);
        if (known.isPresent()) {
            return new Found.Mailbox(known.get());
        }
        return switch (calls.get(app.endpoints().userinfo(), access.value())) {
            case Reply.None(var reason) ->
                    new Found.NotNow(
                            "The provider was asked for the address and it " + reason + ".");
            case Reply.Answer answer when answer.status() == 200 && answer.json().isPresent() ->
                    read(app, identity, answer.json().get());
            case Reply.Answer answer when answer.status() == 404 || isWithoutMailbox(answer) ->
                    new Found.None("The account has no mailbox.");
            case Reply.Answer answer ->
                    new Found.NotNow(
                            "The provider was asked for the address and answered "
                                    + answer.status()
                                    + ".");
        };
    }

    private static Found read(ProviderApp app, ReadIdToken.Identity identity, ObjectNode json) {
        return (switch (app.provider()) {
                    case GOOGLE ->
                            text(json, "email")
                                    .filter(_ ->
                                            json.path("sub")
                                                    .asText(identity.subject())
                                                    .equals(identity.subject()))
                                    .filter(_ -> json.path("email_verified").asBoolean(true));
                    // an organisation's account without one has no mailbox, or has it elsewhere
                    case MICROSOFT ->
                            text(json, "mail")
                                    .or(() ->
                                            identity.isPersonal()
                                                    ? text(json, "userPrincipalName")
                                                    : Optional.empty());
                })
                .filter(FindAccount::isAddress)
                .<Found>map(Found.Mailbox::new)
                .orElseGet(() -> new Found.None("The account has no address of its own."));
    }

    private static boolean isWithoutMailbox(Reply.Answer answer) {
        return answer.json()
                .map(json -> json.path("error").path("code").asText())
                .filter(code ->
                        code.equals("MailboxNotEnabledForRESTAPI")
                                || code.equals("MailboxNotHostedInExchangeOnline"))
                .isPresent();
    }

    private static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches() && !text.toLowerCase(Locale.ROOT).contains(GUEST);
    }

    private static Optional<String> text(ObjectNode json, String name) {
        return Optional.of(json.path(name))
                .filter(value -> value.isTextual() && !value.asText().isBlank())
                .map(value -> value.asText().strip());
    }
}
