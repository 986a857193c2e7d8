package dev.postrider.transport.api;

import dev.postrider.credential.grant.AccessTokens;
import dev.postrider.credential.grant.TokenResult;
import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Access tokens as a test wants them: good ones at first. */
public final class TestTokens implements AccessTokens {
    private final Function<Set<String>, String> issue;
    private final AtomicReference<TokenResult> token = new AtomicReference<>();

    /** What the next renewals come to; good ones when there are no more. */
    public final CopyOnWriteArrayList<TokenResult> renewals = new CopyOnWriteArrayList<>();

    public final CopyOnWriteArrayList<String> appFaults = new CopyOnWriteArrayList<>();
    public final AtomicInteger renewed = new AtomicInteger();

    /** Written by the test, read by workers. */
    private volatile Set<String> scopes;

    /**
     * @param issue makes a provider's token with these scopes
     * @param scopes of all tokens, until others are allowed
     */
    public TestTokens(Function<Set<String>, String> issue, Set<String> scopes) {
        this.issue = issue;
        this.scopes = scopes;
        allow(scopes);
    }

    public void allow(Set<String> others) {
        scopes = others;
        token.set(fresh());
    }

    public Set<String> scopes() {
        return scopes;
    }

    public void answer(TokenResult result) {
        token.set(result);
    }

    public TokenResult now() {
        return token.get();
    }

    private TokenResult fresh() {
        return new TokenResult.Granted(
                new AccessToken(
                        issue.apply(scopes), Instant.now().plusSeconds(3_600), Set.copyOf(scopes)));
    }

    @Override
    public TokenResult get(UUID workspaceId, UUID mailboxId, Audience audience) {
        return token.get();
    }

    @Override
    public TokenResult renew(
            UUID workspaceId, UUID mailboxId, Audience audience, AccessToken refused) {
        renewed.incrementAndGet();
        var next = renewals.isEmpty() ? fresh() : renewals.removeFirst();
        token.set(next);
        return next;
    }

    @Override
    public void appFailed(UUID workspaceId, UUID mailboxId, String problem) {
        appFaults.add(problem);
    }
}
