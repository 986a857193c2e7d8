package dev.postrider.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Fields;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Transport;
import dev.postrider.transport.TransportSetup;
import dev.postrider.transport.api.ApiDependencies;
import dev.postrider.transport.api.ApiTransport;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Mailboxes that their users have connected with Microsoft. */
@Singleton
public final class GraphKind implements Kind {
    private final ApiDependencies tools;

    public GraphKind(ApiDependencies.Shared shared) {
        this.tools = ApiDependencies.of(new GraphApi(), shared);
    }

    @Override
    public String name() {
        return GraphApi.NAME;
    }

    @Override
    public boolean needsConsent() {
        return true;
    }

    @Override
    public boolean delivers() {
        return true;
    }

    @Override
    public TransportSetup connect(UUID workspace, Fields settings, String address) {
        return new ApiTransport(tools, ApiTransport.Via.API).changed(settings);
    }

    @Override
    public Transport restore(JsonNode stored) {
        return ApiTransport.restore(tools, stored);
    }
}
