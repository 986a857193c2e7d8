package dev.postrider.flow.compose;

import dev.postrider.mime.address.Address;
import java.util.List;

/**
 * Whom an email goes to, as its sender wrote them.
 *
 * @param bcc are seen by nobody
 * @param replyTo where answers go
 */
public record Recipients(
        List<Address> to, List<Address> cc, List<Address> bcc, List<Address> replyTo) {
    public Recipients {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        replyTo = List.copyOf(replyTo);
    }

    public static Recipients to(List<Address> to) {
        return new Recipients(to, List.of(), List.of(), List.of());
    }
}
