package dev.postrider.transport.api;

import dev.postrider.outbound.OutboundCall;
import dev.postrider.transport.Connections;
import dev.postrider.transport.Transport.MailboxKey;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A mailbox's connections to its provider's API: as many at once as the provider bears. */
final class ApiConnections implements Connections {
    private static final long WAIT_SECONDS = 30;

    private final ApiDependencies tools;
    private final MailboxKey mailbox;
    private final FindApi.Api api;
    private final int limit;
    private final InterpretCall interpret;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<ApiCalls> idle = new ConcurrentLinkedDeque<>();

    ApiConnections(ApiDependencies tools, MailboxKey mailbox, FindApi.Api api, int limit) {
        this.tools = tools;
        this.mailbox = mailbox;
        this.api = api;
        this.limit = limit;
        this.interpret = new InterpretCall(tools, mailbox);
        this.free = new Semaphore(limit);
    }

    @Override
    public Connecting connect(boolean patient) throws InterruptedException {
        if (!free.tryAcquire(patient ? WAIT_SECONDS : 0, TimeUnit.SECONDS)) {
            return new Connecting.Busy();
        }
        var isConnected = false;
        var calls = calls();
        try {
            var missing = calls.authorize();
            if (missing.isPresent()) {
                return new Connecting.Failed(interpret.withoutToken(missing.get()));
            }
            var failed = calls.session().open();
            if (failed.isPresent()) {
                return new Connecting.Failed(interpret.unopened(failed.get()));
            }
            isConnected = true;
            return new Connecting.Connected(
                    new ApiConnection(
                            this,
                            calls,
                            new HandOver(tools, mailbox, api, calls, interpret),
                            new FindSent(tools, api, calls, interpret)));
        } finally {
            if (!isConnected) {
                calls.close();
                free.release();
            }
        }
    }

    private ApiCalls calls() {
        var kept = idle.pollFirst();
        return kept != null
                ? kept
                : new ApiCalls(
                        tools.client()
                                .session(
                                        mailbox.workspaceId(),
                                        api.base(),
                                        OutboundCall.Reach.TLS_ONLY),
                        tools.tokens(),
                        tools.rules(),
                        mailbox,
                        tools.clock());
    }

    /** It may be used by the next one. */
    void giveBack(ApiCalls calls) {
        idle.addFirst(calls);
        free.release();
    }

    /** It is closed. */
    void lost() {
        free.release();
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public void close() {
        for (var calls = idle.pollFirst(); calls != null; calls = idle.pollFirst()) {
            calls.close();
        }
    }
}
