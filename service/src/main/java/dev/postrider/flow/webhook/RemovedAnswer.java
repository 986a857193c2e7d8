package dev.postrider.flow.webhook;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That a webhook is gone. */
@Schema(name = "RemovedWebhook")
record RemovedAnswer(@Schema(examples = "webhook") String object, UUID id, boolean deleted) {}
