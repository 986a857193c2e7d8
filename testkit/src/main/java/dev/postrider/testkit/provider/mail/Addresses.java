package dev.postrider.testkit.provider.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;

/** The addresses of a field, in lower case. */
public final class Addresses {
    private Addresses() {}

    /** Of To, Cc and Bcc. */
    public static List<String> recipients(RawFields fields) {
        var all = new ArrayList<String>();
        List.of("To", "Cc", "Bcc").forEach(name -> all.addAll(of(fields, name)));
        return all;
    }

    public static List<String> of(RawFields fields, String name) {
        return fields.all(name).stream().flatMap(value -> parse(value).stream()).toList();
    }

    /** The first of these fields that has something which is no address. */
    public static Optional<String> malformed(RawFields fields) {
        return List.of("To", "Cc", "Bcc").stream()
                .filter(name -> of(fields, name).stream().anyMatch(Addresses::isMalformed))
                .findFirst();
    }

    private static boolean isMalformed(String address) {
        return !address.matches("[^@\\s]+@[^@\\s]*[^@\\s.]");
    }

    private static List<String> parse(String value) {
        return LenientAddressParser.DEFAULT.parseAddressList(value).flatten().stream()
                .map(Mailbox::getAddress)
                .map(address -> address.toLowerCase(Locale.ROOT))
                .toList();
    }
}
