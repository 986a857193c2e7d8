package dev.postrider.door.connect;

import dev.postrider.credential.provider.Tier;
import dev.postrider.identity.workspace.ReturnUrl;
import dev.postrider.mailbox.connect.ConnectFailure;
import dev.postrider.mailbox.connect.ConnectOption;
import dev.postrider.mailbox.connect.ConnectVisit;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the pages of a link say, in a browser's language. */
record DescribeVisit(Texts texts, ConnectVisit visit) {

    /** Who asks for what, and the ways to connect. */
    ChoosePage choose(ChoosePage.@Nullable Alert alert, ChoosePage.PasswordForm form) {
        var hasPassword = visit.options().contains(new ConnectOption.Password());
        return new ChoosePage(
                texts.of(visit.mailbox().isPresent() ? "title.again" : "title"),
                lead(),
                visit.asker(),
                initial(),
                alert,
                texts.of("can.title", visit.asker()),
                can(),
                cannot(),
                visit.reference(),
                formToken(),
                consents("option.", "way"),
                hasPassword ? form : null,
                notes());
    }

    private String lead() {
        var address = visit.address();
        if (address.isEmpty()) {
            return texts.of("lead.any", visit.asker());
        }
        return texts.of(
                visit.mailbox().isPresent() ? "lead.again" : "lead.address",
                visit.asker(),
                address.get());
    }

    private String formToken() {
        return visit.browser().formToken(visit.link().id());
    }

    String initial() {
        return visit.asker().isBlank()
                ? "?"
                : Character.toString(Character.toUpperCase(visit.asker().strip().codePointAt(0)));
    }

    private List<String> can() {
        var can = new ArrayList<String>();
        can.add(texts.of("can.send"));
        if (visit.tier() != Tier.SEND) {
            can.add(texts.of("can.settle"));
        }
        if (visit.tier() == Tier.READ) {
            can.add(texts.of("can.read"));
        }
        return can;
    }

    private List<String> cannot() {
        var cannot = new ArrayList<String>();
        switch (visit.tier()) {
            case SEND -> cannot.add(texts.of("cannot.read"));
            case SETTLE -> cannot.add(texts.of("cannot.read"));
            case READ -> {
                // it can
            }
        }
        cannot.add(texts.of("cannot.change"));
        if (visit.options().stream().anyMatch(ConnectOption.Consent.class::isInstance)) {
            cannot.add(texts.of("cannot.password"));
        }
        return cannot;
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        visit.returnUrl()
                .map(ReturnUrl::host)
                .map(host -> texts.of("note.return", host))
                .ifPresent(notes::add);
        notes.add(texts.of("note.expires", time(visit.link().expiresAt())));
        return notes;
    }

    private String time(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                        .withLocale(texts.locale())
                        .format(at.atOffset(ZoneOffset.UTC))
                + " UTC";
    }

    /** A button for each app; with its name where there are several of a provider. */
    private List<Choice> consents(String key, String kind) {
        var consents =
                visit.options().stream()
                        .flatMap(option ->
                                option instanceof ConnectOption.Consent consent
                                        ? Stream.of(consent)
                                        : Stream.empty())
                        .toList();
        return consents.stream()
                .map(consent ->
                        new Choice(
                                consent.text(),
                                kind + " " + consent.provider().text(),
                                label(key, consent, consents)))
                .toList();
    }

    private String label(
            String key, ConnectOption.Consent consent, List<ConnectOption.Consent> all) {
        var label = texts.of(key + consent.provider().text());
        var isOneOfSeveral =
                all.stream().filter(each -> each.provider() == consent.provider()).count() > 1;
        return isOneOfSeveral ? texts.of("option.app", label, consent.app()) : label;
    }

    MessagePage done(String address) {
        return new MessagePage(
                visit.asker(),
                initial(),
                "good",
                texts.of("done.title"),
                texts.of("done.text", visit.asker(), address),
                texts.of("done.close"),
                null,
                visit.reference(),
                formToken(),
                List.of(),
                back(visit.link().mailbox().flatMap(visit::connected), "button primary"));
    }

    /**
     * How the last try failed.
     *
     * @param ask for an administrator, where one has to agree
     */
    MessagePage failed(ConnectFailure failure, Optional<AdminConsent.Ask> ask) {
        var key = "failure." + failure.code();
        var isWrong = failure == ConnectFailure.WRONG_ACCOUNT;
        return new MessagePage(
                visit.asker(),
                initial(),
                "bad",
                texts.of(key + ".title"),
                text(failure),
                texts.of(key + ".todo" + ask.map(each -> "." + each.key()).orElse("")),
                ask.map(each ->
                                new MessagePage.ForAdmin(
                                        texts.of("failure.admin." + each.key()), each.value()))
                        .orElse(null),
                visit.reference(),
                formToken(),
                consents(isWrong ? "button.other." : "button.retry.", "primary"),
                back(visit.failed(failure), "button"));
    }

    private String text(ConnectFailure failure) {
        var key = "failure." + failure.code() + ".text";
        var with = visit.link().progress().failedWith().orElse("?");
        return switch (failure) {
            case WRONG_ACCOUNT -> {
                var expected = visit.address().orElse("?");
                yield expected.equalsIgnoreCase(with)
                        ? texts.of(key + ".same", with)
                        : texts.of(key, with, expected);
            }
            case NO_MAILBOX -> with.equals("?") ? texts.of(key + ".unnamed") : texts.of(key, with);
            case PERMISSION_MISSING, TOO_MANY_MAILBOXES -> texts.of(key, visit.asker());
            case ACCESS_DENIED,
                    CANCELED,
                    NO_REFRESH_TOKEN,
                    ADMIN_CONSENT_REQUIRED,
                    APP_AT_FAULT,
                    PROVIDER_UNAVAILABLE,
                    MAILBOX_EXISTS,
                    CONFLICT,
                    SERVER_NOT_FOUND,
                    LOGIN_REFUSED,
                    SERVER_UNUSABLE ->
                    texts.of(key);
        };
    }

    private List<Choice> back(Optional<URI> url, String kind) {
        var host = visit.returnUrl().map(ReturnUrl::host).orElse("");
        return url.map(to ->
                        List.of(new Choice(to.toString(), kind, texts.of("button.back", host))))
                .orElse(List.of());
    }
}
