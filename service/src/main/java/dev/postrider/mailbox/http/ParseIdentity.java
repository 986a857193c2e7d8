package dev.postrider.mailbox.http;

import dev.postrider.http.Fields;
import dev.postrider.http.PlainText;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.MalformedAddress;
import java.util.Optional;

/** Reads whose name a mailbox sends in: its address and its display name. */
final class ParseIdentity {
    private static final int MAX_ADDRESS = 320;
    private static final int MAX_NAME = 200;

    private ParseIdentity() {}

    /** The address in its one form, read before all else; the empty text beside an error. */
    static String address(Fields fields) {
        var text = fields.text("address", MAX_ADDRESS);
        if (!fields.areValid()) {
            return "";
        }
        return switch (Address.parse(text)) {
            case Address(var name, _, _) when !name.isEmpty() -> {
                fields.error("address", "must be the address alone; put the name in display_name");
                yield "";
            }
            case Address address -> address.addrSpec();
            case MalformedAddress(var reason) -> {
                fields.error("address", reason);
                yield "";
            }
        };
    }

    /** The name to show before an address; the empty text is for none. */
    static Optional<String> displayName(Fields fields, String address) {
        var name = fields.optionalText("display_name", MAX_NAME);
        name.flatMap(PlainText::flawIn).ifPresent(message -> fields.error("display_name", message));
        if (Address.of(name.orElse(""), address) instanceof Address named
                && named.isNamedAsAnother()) {
            fields.error(
                    "display_name",
                    "must not contain an @ or angle brackets, as if it were the address");
        }
        return name.map(String::strip).filter(text -> !text.isEmpty());
    }
}
