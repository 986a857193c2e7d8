package dev.postrider.identity.http;

import dev.postrider.outbound.guard.AllowedBlocks;

/** The reverse proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} count. */
public record TrustedProxies(AllowedBlocks blocks) {
    public static final TrustedProxies NONE = new TrustedProxies(AllowedBlocks.NONE);
}
