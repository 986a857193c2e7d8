package dev.postrider.flow.compose;

import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.mime.compose.ComposeDraft;
import dev.postrider.mime.compose.Composed;
import dev.postrider.mime.compose.Composition.Flawed;
import dev.postrider.mime.compose.Draft;
import dev.postrider.mime.compose.Flaw;
import dev.postrider.mime.compose.MessageId;
import dev.postrider.mime.encoding.Source;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Composes an email once; every attempt sends these bytes, with this Message-ID and Date. */
@Singleton
public final class ComposeEmail {
    /** Characters of HTML that a plain text is still derived from. */
    private static final int MAX_DERIVED_FROM = 1024 * 1024;

    private ComposeEmail() {}

    /** What became of an email. */
    public sealed interface Composition {
        /** The message as it is sent. */
        record Message(NewEmail.Message message) implements Composition {}

        /** Everything that keeps it from being composed. */
        record Flaws(List<Flaw> flaws) implements Composition {}
    }

    /**
     * Composes an email.
     *
     * @param id the email's, of which its Message-ID is made when it has none
     */
    public static Composition compose(UUID id, EmailDraft email) {
        var draft = draft(id, email);
        return switch (ComposeDraft.compose(draft)) {
            case Flawed(var flaws) -> new Composition.Flaws(flaws);
            case Composed composed ->
                    new Composition.Message(message(draft.messageId(), composed, true));
        };
    }

    private static Draft draft(UUID id, EmailDraft email) {
        var body = email.body();
        var conversation = email.conversation();
        var draft =
                Draft.from(
                                email.from(),
                                conversation
                                        .messageId()
                                        .map(ComposeEmail::bracketed)
                                        .orElseGet(() -> MessageId.of(id, email.from())),
                                email.date())
                        .to(email.recipients().to())
                        .cc(email.recipients().cc())
                        .replyTo(email.recipients().replyTo())
                        .subject(body.subject())
                        .text(text(body))
                        .html(body.html().orElse(null))
                        .invitation(body.invitation().orElse(null))
                        .inReplyTo(conversation.inReplyTo().orElse(null))
                        .references(conversation.references())
                        .unsubscribe(body.unsubscribe().orElse(null));
        email.attachments().forEach(draft::attach);
        body.headers().forEach(header -> draft.header(header.name(), header.value()));
        return draft.build();
    }

    /** Null derives it from the HTML, unless that takes too long. */
    private static @Nullable String text(Body body) {
        var isLong = body.html().filter(html -> html.length() > MAX_DERIVED_FROM).isPresent();
        return body.text().orElse(isLong ? "" : null);
    }

    private static String bracketed(String messageId) {
        var id = messageId.strip();
        return id.startsWith("<") ? id : "<" + id + ">";
    }

    /**
     * In memory if it is small; a large one is composed while it is written.
     *
     * @param dated whether its Date was made for it
     */
    public static NewEmail.Message message(String messageId, Composed composed, boolean dated) {
        try {
            return new NewEmail.Message(
                    messageId,
                    composed.size() > NewEmail.Message.MAX_IN_MEMORY
                            ? composed
                            : Source.of(composed.toBytes()),
                    composed.needsEightBit(),
                    composed.needsSmtpUtf8(),
                    dated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
