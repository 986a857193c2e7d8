package dev.postrider.rig;

import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;

/** This machine, as a network that may be reached. */
public final class Loopback {
    private Loopback() {}

    public static AllowedBlocks blocks() {
        return blocks("127.0.0.0/8");
    }

    /** As {@code POSTRIDER_OUTBOUND_ALLOW} names them. */
    public static AllowedBlocks blocks(String list) {
        return switch (AllowedBlocks.parse(list)) {
            case AllowedBlocks.Parsed.Valid(var blocks) -> blocks;
            case AllowedBlocks.Parsed.Invalid(var part) -> throw new AssertionError(part);
        };
    }

    public static OutboundGuard guard() {
        return new OutboundGuard(blocks());
    }
}
