package dev.postrider.architecture.twin.door.console;

import dev.postrider.architecture.twin.mailbox.KnowsTheFlow;

/** Goes past the API. */
record KnowsAMailbox(KnowsTheFlow mailbox) {}
