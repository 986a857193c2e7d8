package dev.postrider.testkit.provider.run;

import static dev.postrider.testkit.provider.Html.escape;

import dev.postrider.testkit.provider.Html;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The HTML. */
record ControlPage(SettableClock clock, List<Playable> providers) {

    String overview() {
        return Html.page(
                "Fake providers",
                """
                <h2>Clock</h2>
                <p>%s, %d seconds ahead</p>
                <form class="line" method="post" action="/clock">
                <label>Days <input name="days" size="4" value="0"></label>
                <label>Seconds <input name="seconds" size="6" value="0"></label>
                <button>Advance</button></form>
                """
                                .formatted(clock.instant(), clock.ahead().toSeconds())
                        + providers.stream().map(this::provider).collect(Collectors.joining()));
    }

    private String provider(Playable provider) {
        return """
        <h2 id="%1$s">%1$s</h2>
        <p>%2$s</p>
        <h3>Accounts</h3>
        <table>%3$s</table>
        <form method="post" action="/%1$s/accounts">
        <label>Address <input name="address" type="email" required></label><button>Add</button></form>
        <h3>Redirect URIs of the app</h3>
        <p>%4$s</p>
        <form method="post" action="/%1$s/redirect-uris">
        <label>URI <input name="uri" size="60" required></label><button>Add</button></form>
        <h3>Faults</h3>
        <ol>%5$s</ol>
        <form class="line" method="post" action="/%1$s/faults">
        <label>At <select name="endpoint">%6$s</select></label>
        <label>what <select name="fault">%7$s</select></label>
        <label>times, 0 for always <input name="times" size="3" value="1"></label>
        <button>Arm</button></form>
        <form class="line" method="post" action="/%1$s/clear-faults"><button>Clear all</button></form>
        <h3>Last calls</h3>
        <ol>%8$s</ol>
        <details><summary>Switches</summary><table>%9$s</table></details>
        <details><summary>Limits</summary><table>%10$s</table></details>
        """
                .formatted(
                        provider.name(),
                        escape(provider.base()),
                        accounts(provider),
                        escape(String.join(", ", provider.redirectUris())),
                        armed(provider),
                        options(
                                provider.endpoints().stream()
                                        .map(endpoint -> endpoint.name())
                                        .toList()),
                        options(FaultMenu.of(provider).keySet()),
                        calls(provider),
                        switches(provider),
                        limits(provider));
    }

    private static String accounts(Playable provider) {
        return provider.accounts().stream()
                .map(address ->
                        """
                        <tr><td><a href="/%1$s/mail?address=%2$s">%2$s</a>, %3$d sent</td>
                        <td>%4$s</td><td>%5$s</td></tr>
                        """
                                .formatted(
                                        provider.name(),
                                        escape(address),
                                        provider.sent(address).size(),
                                        button(provider, "remove-access", "Remove access", address),
                                        button(
                                                provider,
                                                "expire-access-tokens",
                                                "Expire access tokens",
                                                address)))
                .collect(Collectors.joining());
    }

    private static String button(Playable provider, String action, String words, String address) {
        return """
        <form class="line" method="post" action="/%s/%s">
        <input type="hidden" name="address" value="%s"><button>%s</button></form>\
        """
                .formatted(provider.name(), action, escape(address), words);
    }

    private static String armed(Playable provider) {
        return provider.faults().armed().stream()
                .map(armed ->
                        "<li>%s %s %s</li>"
                                .formatted(
                                        armed.endpoint().name(),
                                        escape(armed.fault().getClass().getSimpleName()),
                                        armed.once() ? "once" : "always"))
                .collect(Collectors.joining());
    }

    private static String calls(Playable provider) {
        return provider.calls().last().reversed().stream()
                .limit(20)
                .map(call ->
                        "<li>%s %d %s</li>"
                                .formatted(
                                        call.endpoint().name(),
                                        call.status(),
                                        escape(call.request().path())))
                .collect(Collectors.joining());
    }

    private static String options(Collection<String> names) {
        return names.stream()
                .map(name -> "<option>" + escape(name) + "</option>")
                .collect(Collectors.joining());
    }

    private static String switches(Playable provider) {
        return provider.switches().entrySet().stream()
                .map(each ->
                        """
                        <tr><td>%2$s</td><td>%3$s</td><td>
                        <form class="line" method="post" action="/%1$s/switches">
                        <input type="hidden" name="name" value="%2$s">
                        <button name="on" value="%4$s">Turn</button></form></td></tr>
                        """
                                .formatted(
                                        provider.name(),
                                        each.getKey(),
                                        each.getValue() ? "on" : "off",
                                        !each.getValue()))
                .collect(Collectors.joining());
    }

    private static String limits(Playable provider) {
        return provider.limits().entrySet().stream()
                .map(each ->
                        """
                        <tr><td>%2$s</td><td>
                        <form class="line" method="post" action="/%1$s/limits">
                        <input type="hidden" name="name" value="%2$s">
                        <input name="value" size="12" value="%3$d" aria-label="%2$s">
                        <button>Set</button></form></td></tr>
                        """
                                .formatted(provider.name(), each.getKey(), each.getValue()))
                .collect(Collectors.joining());
    }

    String mail(Playable provider, String address) {
        return Html.page(
                provider.name() + ": " + address,
                "<p><a href=\"/\">Back</a></p><h2>Sent</h2>"
                        + messages(provider.sent(address))
                        + "<h2>Inbox</h2>"
                        + messages(provider.inbox(address)));
    }

    private static String messages(List<StoredMessage> messages) {
        return messages.reversed().stream()
                .limit(50)
                .map(message ->
                        "<p>%s %s</p><pre>%s</pre>"
                                .formatted(
                                        message.at(), escape(message.id()), escape(start(message))))
                .collect(Collectors.joining());
    }

    private static String start(StoredMessage message) {
        String text = new String(message.octets(), StandardCharsets.UTF_8);
        return text.length() > 10_000 ? text.substring(0, 10_000) + " ..." : text;
    }
}
