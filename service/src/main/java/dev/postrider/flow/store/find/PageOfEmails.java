package dev.postrider.flow.store.find;

import dev.postrider.email.EmailState;
import dev.postrider.http.Page;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Finds which emails stand on a page. Ids are UUIDv7, so their order is that of acceptance. There
 * is a statement for each filter that alone may leave little of a long history: each walks an index
 * in the order of the page, from its first to its last row, whatever plan the server keeps.
 */
final class PageOfEmails {
    private PageOfEmails() {}

    /** Up to one more than the page's limit, in its direction. */
    static List<UUID> ids(Handle handle, Visibility scope, Filter filter, Page page) {
        var tag = filter.tags().entrySet().stream().findFirst();
        return scope.bind(handle.createQuery(statement(scope, filter, page.isBackward())))
                .configure(
                        SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("recipient", filter.recipient())
                .bind("tag_name", tag.map(each -> each.getKey()))
                .bind("tag_value", tag.map(each -> each.getValue()))
                .bind("mailbox", filter.mailbox().or(scope::onlyMailbox))
                .bind("states", filter.stateTexts())
                .bind("tags", filter.tagsJson())
                .bind("from", filter.from(page))
                .bind("to", filter.to(page))
                .bind("limit", page.limit() + 1)
                .mapTo(UUID.class)
                .list();
    }

    private static String statement(Visibility scope, Filter filter, boolean backward) {
        var states = filter.states();
        if (filter.recipient().isPresent()) {
            return backward ? PagesOfRecipient.BEFORE : PagesOfRecipient.AFTER;
        }
        if (!filter.tags().isEmpty()) {
            return backward ? PagesOfTag.BEFORE : PagesOfTag.AFTER;
        }
        // most emails are sent, so that alone doesn't say much
        if (!states.isEmpty() && !states.contains(EmailState.SENT)) {
            return backward ? PagesOfStates.BEFORE : PagesOfStates.AFTER;
        }
        if (filter.mailbox().isPresent() || scope.onlyMailbox().isPresent()) {
            return backward ? PagesOfMailbox.BEFORE : PagesOfMailbox.AFTER;
        }
        if (scope.onlyUser().isPresent()) {
            return backward ? PagesOfUser.BEFORE : PagesOfUser.AFTER;
        }
        if (!states.isEmpty()) {
            return backward ? PagesOfStates.BEFORE : PagesOfStates.AFTER;
        }
        return backward ? PagesOfWorkspace.BEFORE : PagesOfWorkspace.AFTER;
    }
}
