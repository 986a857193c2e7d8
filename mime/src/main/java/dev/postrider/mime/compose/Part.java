package dev.postrider.mime.compose;

import java.util.List;

/** A message's body, or a part of it. */
sealed interface Part {
    /**
     * Text in UTF-8.
     *
     * @param parameters what follows the subtype in its Content-Type, with the leading semicolon
     */
    record Text(String subtype, String parameters, String text) implements Part {
        static Text of(String subtype, String text) {
            return new Text(subtype, "", text);
        }
    }

    record File(Attachment attachment) implements Part {}

    /** Parts that belong together (RFC 2046 section 5.1, RFC 2387). */
    record Multi(Kind kind, List<Part> parts) implements Part {
        public Multi {
            parts = List.copyOf(parts);
        }
    }

    enum Kind {
        /** One after another. */
        MIXED("mixed"),
        /** The same content in several forms, the richest last. */
        ALTERNATIVE("alternative"),
        /** HTML and the images that it shows. */
        RELATED("related");

        private final String subtype;

        Kind(String subtype) {
            this.subtype = subtype;
        }

        String subtype() {
            return subtype;
        }
    }
}
