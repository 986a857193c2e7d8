package dev.postrider.mailbox.http;

import dev.postrider.http.ListAnswer;
import dev.postrider.identity.user.UserNames;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.health.MailboxHealth;
import dev.postrider.mailbox.view.MailboxAnswer;
import dev.postrider.page.Page;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "MailboxList")
final class MailboxList extends ListAnswer<MailboxAnswer> {
    MailboxList(
            Page.Items<Mailbox> found,
            Map<UUID, MailboxHealth> health,
            Map<UUID, UserNames> owners) {
        super(
                found,
                mailbox ->
                        MailboxAnswer.of(
                                mailbox,
                                health.getOrDefault(mailbox.id(), MailboxHealth.NEW),
                                owners));
    }
}
