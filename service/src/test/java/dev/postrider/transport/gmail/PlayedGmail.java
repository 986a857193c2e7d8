package dev.postrider.transport.gmail;

import dev.postrider.testkit.provider.Accepted;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.transport.Kind;
import dev.postrider.transport.api.ApiDependencies;
import dev.postrider.transport.api.ApiRig;
import dev.postrider.transport.api.PlayedProvider;
import dev.postrider.transport.api.PlayedTokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;

/** Gmail as the fake of the test kit plays it. */
record PlayedGmail(FakeGoogle google) implements PlayedProvider {
    @Override
    public String kind() {
        return GmailApi.NAME;
    }

    @Override
    public Kind transport(ApiDependencies.Shared shared) {
        return new GmailKind(shared);
    }

    @Override
    public String base() {
        return google.base();
    }

    @Override
    public Set<URI> uploads() {
        return Set.of();
    }

    @Override
    public String token(Set<String> scopes) {
        return PlayedTokens.of(google, scopes);
    }

    @Override
    public Set<String> sendOnly() {
        return Set.of("gmail.send");
    }

    @Override
    public HttpRequest.Builder sendElsewhere(byte[] message) {
        var target = "/upload/gmail/v1/users/me/messages/send?uploadType=media";
        return HttpRequest.newBuilder(URI.create(google.base() + target))
                .header("Content-Type", "message/rfc822")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message));
    }

    @Override
    public void reset() {
        google.account(ApiRig.ANN);
        google.faults().clear();
        google.limits().unlimited(GoogleLimit.UNITS_A_MINUTE);
        google.limits().unlimited(GoogleLimit.MESSAGES_A_DAY_IN_WORKSPACE);
    }

    @Override
    public Endpoint sending() {
        return GoogleEndpoint.SEND;
    }

    @Override
    public FaultScript faults() {
        return google.faults();
    }

    @Override
    public Accepted accepted() {
        return google.accepted();
    }

    @Override
    public SettableClock clock() {
        return google.clock();
    }

    @Override
    public List<StoredMessage> sent() {
        return google.sent(ApiRig.ANN);
    }
}
