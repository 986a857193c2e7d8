package dev.postrider.mime.compose;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.Addresses;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;

/** Reads a message as Apache James does. */
public final class ReadByMime4j {
    private final List<String> texts = new ArrayList<>();
    private final List<Reading.File> files = new ArrayList<>();

    private ReadByMime4j() {}

    public static Message parse(byte[] octets) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        return builder.parseMessage(new ByteArrayInputStream(octets));
    }

    static Reading read(byte[] octets) throws IOException {
        Message message = parse(octets);
        ReadByMime4j reader = new ReadByMime4j();
        reader.walk(message);
        return new Reading(
                message.getSubject() == null ? "" : message.getSubject(),
                message.getFrom().stream().map(ReadByMime4j::address).toList(),
                addresses(message.getReplyTo()),
                addresses(message.getTo()),
                addresses(message.getCc()),
                reader.texts,
                reader.files);
    }

    private void walk(Entity entity) throws IOException {
        if (entity.getBody() instanceof Multipart multipart) {
            for (Entity part : multipart.getBodyParts()) {
                walk(part);
            }
            return;
        }
        byte[] octets = octets((SingleBody) entity.getBody());
        String type = entity.getMimeType();
        if (entity.getDispositionType() == null) {
            String text = new String(octets, StandardCharsets.UTF_8).replace("\r\n", "\n");
            texts.add(type.substring("text/".length()) + ": " + text);
        } else {
            Field id = entity.getHeader().getField("Content-ID");
            files.add(
                    new Reading.File(
                            entity.getFilename() == null ? "" : entity.getFilename(),
                            type,
                            entity.getDispositionType(),
                            id == null ? "" : id.getBody(),
                            HexFormat.of().formatHex(octets)));
        }
    }

    private static byte[] octets(SingleBody body) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        body.getInputStream().transferTo(octets);
        return octets.toByteArray();
    }

    private static List<Address> addresses(@Nullable AddressList list) {
        return list == null
                ? List.of()
                : Stream.of(list.flatten().toArray(Mailbox[]::new))
                        .map(ReadByMime4j::address)
                        .toList();
    }

    private static Address address(Mailbox mailbox) {
        String name = mailbox.getName() == null ? "" : mailbox.getName();
        return new Address(
                name, Addresses.quotedIfNeeded(mailbox.getLocalPart()), mailbox.getDomain());
    }
}
