package dev.postrider.mime.encoding;

/** Decodes a part's octets, given slice by slice; malformed ones are passed over. */
public interface TransferDecoder {
    /** Octets that a slice's decoded form may have beyond the slice's own. */
    int MARGIN = 1_024;

    /** What isn't encoded. */
    TransferDecoder NONE =
            (in, from, to, out) -> {
                System.arraycopy(in, from, out, 0, to - from);
                return to - from;
            };

    /**
     * Decodes the next slice.
     *
     * @param out has room for the slice and {@link #MARGIN}
     * @return how many octets were written into {@code out}
     */
    int decode(byte[] in, int from, int to, byte[] out);

    /** What is left at the end. */
    default int end(byte[] out) {
        return 0;
    }
}
