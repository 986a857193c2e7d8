package dev.postrider.flow.accept;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.encoding.Source;
import java.util.List;

/**
 * A message that its caller has composed, with its envelope.
 *
 * @param message its octets (RFC 5322), which don't change until the request is answered
 * @param recipients whom it goes to; empty: those whom its header names
 */
public record RawRequest(Source message, List<Address> recipients, DeliveryOptions delivery)
        implements SendRequest {
    public RawRequest {
        recipients = List.copyOf(recipients);
    }
}
