package dev.postrider.door.api.attachment;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The ids of attachments: nothing is stored for them, so they are made of what is. */
final class AttachmentId {
    private AttachmentId() {}

    static UUID of(UUID emailId, int index) {
        return UUID.nameUUIDFromBytes(
                ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                        .putLong(emailId.getMostSignificantBits())
                        .putLong(emailId.getLeastSignificantBits())
                        .putInt(index)
                        .array());
    }
}
