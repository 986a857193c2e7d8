package dev.postrider.transport.graph;

import dev.postrider.testkit.provider.Accepted;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import dev.postrider.transport.Kind;
import dev.postrider.transport.api.ApiDependencies;
import dev.postrider.transport.api.ApiRig;
import dev.postrider.transport.api.PlayedProvider;
import dev.postrider.transport.api.PlayedTokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Microsoft's Graph as the fake of the test kit plays it. */
record PlayedGraph(FakeMicrosoft microsoft) implements PlayedProvider {
    @Override
    public String kind() {
        return "microsoft";
    }

    @Override
    public Kind transport(ApiDependencies.Shared shared) {
        return new GraphKind(shared);
    }

    @Override
    public String base() {
        return microsoft.base();
    }

    @Override
    public Set<URI> uploads() {
        return Set.of(URI.create(microsoft.uploadBase()));
    }

    @Override
    public String token(Set<String> scopes) {
        return PlayedTokens.of(microsoft, scopes);
    }

    @Override
    public Set<String> sendOnly() {
        return Set.of("mail.send");
    }

    @Override
    public HttpRequest.Builder sendElsewhere(byte[] message) {
        return HttpRequest.newBuilder(URI.create(microsoft.base() + "/v1.0/me/sendMail"))
                .header("Content-Type", "text/plain")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                Base64.getEncoder().encodeToString(message)));
    }

    @Override
    public void reset() {
        microsoft.account(ApiRig.ANN).withMail(MicrosoftUser.Mail.HERE);
        microsoft.faults().clear();
        microsoft.mailboxes().clear();
        microsoft.limits().unlimited(MicrosoftLimit.MESSAGES_A_MINUTE);
    }

    @Override
    public Endpoint sending() {
        return MicrosoftEndpoint.SEND_MAIL;
    }

    @Override
    public FaultScript faults() {
        return microsoft.faults();
    }

    @Override
    public Accepted accepted() {
        return microsoft.accepted();
    }

    @Override
    public SettableClock clock() {
        return microsoft.clock();
    }

    @Override
    public List<StoredMessage> sent() {
        return microsoft.sent(ApiRig.ANN);
    }
}
