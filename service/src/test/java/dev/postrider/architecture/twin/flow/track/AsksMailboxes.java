package dev.postrider.architecture.twin.flow.track;

import dev.postrider.architecture.twin.mailbox.KnowsTheFlow;

/** What became of emails, told with the mailboxes' code. */
record AsksMailboxes(KnowsTheFlow mailbox) {}
