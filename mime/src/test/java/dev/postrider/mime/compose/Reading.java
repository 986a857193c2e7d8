package dev.postrider.mime.compose;

import dev.postrider.mime.address.Address;
import java.util.List;

/**
 * What a mail reader finds in a message.
 *
 * @param texts the text parts as {@code subtype: text}, with LF line ends
 */
public record Reading(
        String subject,
        List<Address> from,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<String> texts,
        List<File> files) {

    /**
     * @param contentId with angle brackets, empty for none
     * @param content the octets, written so that a difference can be read
     */
    public record File(
            String name, String type, String disposition, String contentId, String content) {}
}
