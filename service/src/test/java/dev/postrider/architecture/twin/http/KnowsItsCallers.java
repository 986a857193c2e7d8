package dev.postrider.architecture.twin.http;

import dev.postrider.architecture.twin.mailbox.KnowsTheFlow;

/** What every operation shares, bound to one of them. */
record KnowsItsCallers(KnowsTheFlow mailbox) {}
