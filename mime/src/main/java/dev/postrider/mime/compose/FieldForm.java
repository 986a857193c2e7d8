package dev.postrider.mime.compose;

import dev.postrider.mime.header.HeaderField;
import java.util.Locale;
import java.util.Map;

/** What a header field's value is made of: what stands in no text isn't encoded as one. */
enum FieldForm {
    /** A list of addresses, whose names alone may be encoded. */
    ADDRESSES,
    /** A list of URIs in angle brackets (RFC 2369). */
    URIS,
    /** A list's name and its id in angle brackets (RFC 2919). */
    LIST_ID,
    TEXT;

    private static final Map<String, FieldForm> BY_NAME =
            Map.ofEntries(
                    Map.entry("abuse-reports-to", ADDRESSES),
                    Map.entry("apparently-to", ADDRESSES),
                    Map.entry("disposition-notification-to", ADDRESSES),
                    Map.entry("errors-to", ADDRESSES),
                    Map.entry("mail-followup-to", ADDRESSES),
                    Map.entry("mail-reply-to", ADDRESSES),
                    Map.entry("return-receipt-to", ADDRESSES),
                    Map.entry("x-confirm-reading-to", ADDRESSES),
                    Map.entry("x-errors-to", ADDRESSES),
                    Map.entry("list-archive", URIS),
                    Map.entry("list-help", URIS),
                    Map.entry("list-owner", URIS),
                    Map.entry("list-post", URIS),
                    Map.entry("list-subscribe", URIS),
                    Map.entry("list-unsubscribe", URIS),
                    Map.entry("list-id", LIST_ID));

    /** List-Owner is often written as an address, too. */
    static FieldForm of(HeaderField field) {
        FieldForm form = BY_NAME.getOrDefault(field.name().toLowerCase(Locale.ROOT), TEXT);
        return form == URIS && field.name().equalsIgnoreCase("List-Owner") && !isUris(field)
                ? ADDRESSES
                : form;
    }

    private static boolean isUris(HeaderField field) {
        int colon = field.value().indexOf(':');
        return field.value().strip().startsWith("<") && colon > 0;
    }
}
