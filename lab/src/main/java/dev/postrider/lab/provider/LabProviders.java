package dev.postrider.lab.provider;

import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftTenant;
import dev.postrider.testkit.provider.run.FakeProviders;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * A Google and a Microsoft. When they are naughty they are a little slow, and can't be relied upon.
 * Both remember what they accept before they answer.
 */
public final class LabProviders implements AutoCloseable {
    /** So that they are renewed all the time: the program uses none that ends within 20 seconds. */
    public static final int SHORT_TOKENS = 32;

    public static final int LONG_TOKENS = 3_600;

    private static final int USUAL_MILLIS = 30;

    private final RandomGenerator random;
    private final FakeProviders fakes;
    private final Refreshes refreshes;
    private final Map<ApiMischief, AtomicInteger> done = new ConcurrentHashMap<>();

    /** Of a thousand requests so many meet mischief. Written by the lab, read by connections. */
    private volatile int perThousand;

    private volatile int slowestMillis = USUAL_MILLIS;

    private LabProviders(RandomGenerator random, FakeProviders fakes) {
        this.random = random;
        this.fakes = fakes;
        this.refreshes = Refreshes.of(fakes);
    }

    /**
     * Starts both.
     *
     * @param tokenSeconds how long access tokens live
     */
    public static LabProviders start(RandomGenerator random, int tokenSeconds) throws IOException {
        var providers = new LabProviders(random, FakeProviders.start());
        providers.setLimits(tokenSeconds);
        Account.EVERY.forEach(providers::open);
        return providers;
    }

    private void open(Account account) {
        switch (account.provider()) {
            case GOOGLE -> google().account(account.address());
            case MICROSOFT ->
                    microsoft()
                            .account(account.address())
                            .tenant()
                            .usersMayConsentTo(MicrosoftTenant.Consent.EVERYTHING);
        }
    }

    private void setLimits(int tokenSeconds) {
        google().limits()
                .set(GoogleLimit.ACCESS_TOKEN_SECONDS, tokenSeconds)
                .unlimited(GoogleLimit.UNITS_A_MINUTE)
                .unlimited(GoogleLimit.MESSAGES_A_DAY_IN_WORKSPACE);
        microsoft()
                .limits()
                .set(MicrosoftLimit.ACCESS_TOKEN_SECONDS, tokenSeconds)
                .set(MicrosoftLimit.SENT_AFTER_SECONDS, 1)
                .unlimited(MicrosoftLimit.REQUESTS_IN_TEN_MINUTES)
                .unlimited(MicrosoftLimit.MESSAGES_A_MINUTE)
                .unlimited(MicrosoftLimit.RECIPIENTS_A_DAY);
    }

    /** Sends users back to the program at this URL. */
    public void redirectTo(String publicUrl) {
        google().app().redirectsTo(publicUrl + "/connect/callback/google/default");
        microsoft().app().redirectsTo(publicUrl + "/connect/callback/microsoft/default");
    }

    /** For POSTRIDER_PROVIDERS_FILE. */
    public String file() {
        return fakes.providersFile();
    }

    public FakeGoogle google() {
        return fakes.google();
    }

    public FakeMicrosoft microsoft() {
        return fakes.microsoft();
    }

    /** From now on answers are late, and some requests meet mischief. */
    public void beNaughty() {
        google().faults()
                .next(
                        GoogleEndpoint.SEND,
                        google().of(Account.ALL.getFirst().address()),
                        Fault.answer(GoogleError.QUOTA_429.response()));
        for (var kind : ApiMischief.values()) {
            arm(google().faults(), Account.Provider.GOOGLE, kind);
            arm(microsoft().faults(), Account.Provider.MICROSOFT, kind);
        }
        beSlow(google().faults(), GoogleEndpoint.SEND);
        beSlow(microsoft().faults(), MicrosoftEndpoint.SEND_MAIL);
    }

    private void arm(FaultScript script, Account.Provider provider, ApiMischief kind) {
        for (var endpoint : kind.endpoints(provider)) {
            script.always(endpoint, _ -> does(kind), kind.fault(provider));
        }
    }

    /** It is accepted already: so that kills find emails whose answer is under way. */
    private void beSlow(FaultScript script, Endpoint endpoint) {
        script.always(endpoint, new Fault.Change(this::late));
    }

    private Response late(Response response) {
        try {
            Thread.sleep(nextInt(slowestMillis));
            return response;
        } catch (InterruptedException e) {
            throw new IllegalStateException("the lab interrupts no connection", e);
        }
    }

    private boolean does(ApiMischief kind) {
        var isDone = perThousand > 0 && nextInt(kind.among()) < perThousand;
        if (isDone) {
            done.computeIfAbsent(kind, _ -> new AtomicInteger()).incrementAndGet();
        }
        return isDone;
    }

    private synchronized int nextInt(int bound) {
        return random.nextInt(bound);
    }

    public void misbehavePerThousand(int requests) {
        perThousand = requests;
    }

    /** Slower, so that much is under way, or as usual. */
    public void slowDown(boolean isSlow) {
        slowestMillis = isSlow ? 10 * USUAL_MILLIS : USUAL_MILLIS;
    }

    /** How often each kind of mischief was done. */
    public Map<String, AtomicInteger> done() {
        var all = new TreeMap<String, AtomicInteger>();
        done.forEach((kind, count) -> all.put(kind.name(), count));
        return all;
    }

    /** Ends all connections and listens no more. */
    public void goDown() {
        google().goDown();
        microsoft().goDown();
    }

    public void comeBack() {
        google().comeBack();
        microsoft().comeBack();
    }

    /** Where the browser goes of a user who agrees. */
    URI consent(Account account, URI authorize) {
        return switch (account.provider()) {
            case GOOGLE -> google().consent(authorize, account.address());
            case MICROSOFT -> microsoft().consent(authorize, account.address());
        };
    }

    /** The grant is over. */
    public void revoke(Account account) {
        refreshes.disturbed();
        switch (account.provider()) {
            case GOOGLE -> google().removeAccess(account.address());
            case MICROSOFT ->
                    microsoft().grants().revokeSessions(microsoft().account(account.address()));
        }
    }

    /** The next request's token isn't taken, and the one after it is another. */
    public void expireTokens(Account account) {
        refreshes.disturbed();
        switch (account.provider()) {
            case GOOGLE ->
                    google().grants().expireAccessTokens(google().account(account.address()));
            case MICROSOFT ->
                    microsoft().grants().expireAccessTokens(microsoft().account(account.address()));
        }
    }

    /** The app is refused: Google's client is deleted, the secret at Microsoft is over. */
    public void breakApp(Account.Provider provider) {
        switch (provider) {
            case GOOGLE -> google().app().delete(true);
            case MICROSOFT -> microsoft().app().secretsEndAt(Instant.EPOCH);
        }
    }

    public void mendApp(Account.Provider provider) {
        switch (provider) {
            case GOOGLE -> google().app().delete(false);
            case MICROSOFT -> microsoft().app().secretsEndAt(Instant.MAX);
        }
    }

    public Refreshes refreshes() {
        return refreshes;
    }

    /** What the account sent, in the order in which it was accepted. */
    public List<StoredMessage> sent(Account account) {
        return switch (account.provider()) {
            case GOOGLE -> google().sent(account.address());
            case MICROSOFT -> microsoft().sent(account.address());
        };
    }

    /** What stands among a Microsoft account's drafts, by its subject. */
    public List<String> drafts(Account account) {
        return microsoft().mailboxes().drafts(microsoft().account(account.address())).stream()
                .map(StoredMessage::subject)
                .toList();
    }

    @Override
    public void close() {
        fakes.close();
    }
}
