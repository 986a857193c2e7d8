package dev.postrider.smtp.server;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Keeps TLS sessions apart for connections that are opened at the same time. The JDK keeps the
 * tickets of TLS 1.3 in a context, by host and port, and a handshake that resumes nothing throws
 * away all that are there ({@code SSLSessionContextImpl.put}): of many at once each would rob the
 * others. So there are several contexts, and each is with one connection to a server until that has
 * its ticket. Safe for concurrent use.
 */
final class TlsSessions {
    /** As many to one server at once; all others share a context. */
    private static final int MOST = 64;

    private final TrustManager[] managers;
    private final List<SSLContext> contexts = new ArrayList<>();
    private final Map<String, BitSet> taken = new HashMap<>();

    TlsSessions(TrustManager[] managers) {
        this.managers = managers;
    }

    /** The first that is free: it was used last, most likely. */
    synchronized TlsLease take(String host, int port) {
        var key = host + ":" + port;
        var slots = taken.computeIfAbsent(key, _ -> new BitSet());
        int slot = Math.min(slots.nextClearBit(0), MOST);
        slots.set(slot);
        return new TlsLease(context(slot), () -> giveBack(key, slot));
    }

    private synchronized void giveBack(String key, int slot) {
        var slots = taken.get(key);
        if (slots != null) {
            slots.clear(slot);
            if (slots.isEmpty()) {
                taken.remove(key);
            }
        }
    }

    private SSLContext context(int slot) {
        while (contexts.size() <= slot) {
            contexts.add(create());
        }
        return contexts.get(slot);
    }

    private SSLContext create() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}
