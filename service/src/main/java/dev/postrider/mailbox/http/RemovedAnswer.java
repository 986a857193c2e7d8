package dev.postrider.mailbox.http;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That a mailbox is gone. */
@Schema(name = "RemovedMailbox")
record RemovedAnswer(@Schema(examples = "mailbox") String object, UUID id, boolean deleted) {}
