package dev.postrider.outbound.guard;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The blocks that the operator lets be reached beside public addresses. */
public record AllowedBlocks(List<AddressBlock> blocks) {
    public static final AllowedBlocks NONE = new AllowedBlocks(List.of());

    /** Every address there is. */
    public static final AllowedBlocks ALL =
            new AllowedBlocks(List.of(AddressBlock.of("0.0.0.0/0"), AddressBlock.of("::/0")));

    public AllowedBlocks {
        blocks = List.copyOf(blocks);
    }

    /** What became of a text that should be a list of blocks. */
    public sealed interface Parsed {
        record Valid(AllowedBlocks allowed) implements Parsed {}

        /**
         * Not such a list.
         *
         * @param part the one that is no block
         */
        record Invalid(String part) implements Parsed {}
    }

    /**
     * Reads blocks and single addresses.
     *
     * @param list separated by commas; the empty text is no block
     */
    public static Parsed parse(String list) {
        var blocks = new ArrayList<AddressBlock>();
        if (list.isBlank()) {
            return new Parsed.Valid(NONE);
        }
        for (var part : list.split(",", -1)) {
            var block = AddressBlock.parse(part.strip());
            if (block.isEmpty()) {
                return new Parsed.Invalid(part.strip());
            }
            blocks.add(block.get());
        }
        return new Parsed.Valid(new AllowedBlocks(blocks));
    }

    public boolean contain(InetAddress address) {
        var inner = WrappedAddress.inner(address);
        return blocks.stream().anyMatch(b -> b.contains(address) || b.contains(inner));
    }
}
