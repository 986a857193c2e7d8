package dev.postrider.flow.accept;

/** What a caller asks to send: an email that is described, or a message that is composed. */
public sealed interface SendRequest permits EmailRequest, RawRequest {
    DeliveryOptions delivery();
}
