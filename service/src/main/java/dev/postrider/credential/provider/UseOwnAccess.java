package dev.postrider.credential.provider;

import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.credential.provider.token.TokenAnswer;
import dev.postrider.credential.provider.token.TokenEndpoint;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks for a mailbox's first token by the access that an app has by itself. */
@Singleton
public final class UseOwnAccess {
    private final TokenEndpoint tokens;
    private final Supplier<AppWatch> watch;

    @Inject
    public UseOwnAccess(InstantSource clock, Instance<AppWatch> watch) {
        this(new ProviderCalls(), clock, watch::get);
    }

    public UseOwnAccess(ProviderCalls calls, InstantSource clock, Supplier<AppWatch> watch) {
        this.tokens = new TokenEndpoint(calls, clock);
        this.watch = watch;
    }

    /**
     * @param app one with {@link AppAccess.Application}
     * @param address a mailbox that it covers
     */
    public CodeResult of(ProviderApp app, String address) throws InterruptedException {
        if (!(app.access() instanceof AppAccess.Application own)) {
            throw new IllegalArgumentException(app.label() + " has no access of its own");
        }
        return switch (tokens.forAddress(app, address, own.tier(), Audience.API)) {
            case TokenAnswer.Tokens given -> {
                watch.get().accepted(app);
                yield new CodeResult.Granted(grant(app, own, given, address));
            }
            case TokenAnswer.Ended(var code, var problem) -> {
                watch.get().accepted(app);
                yield new CodeResult.Refused(code, problem);
            }
            case TokenAnswer.AppAtFault(var isForAll, var problem) -> {
                watch.get().refused(app, isForAll, problem);
                yield new CodeResult.AppAtFault(app.label(), problem);
            }
            case TokenAnswer.NotNow(var problem, _) -> new CodeResult.NotNow(problem);
        };
    }

    /** Nobody consented, so nobody's subject is known: the address is what it stands for. */
    private static NewGrant grant(
            ProviderApp app, AppAccess.Application own, TokenAnswer.Tokens given, String address) {
        return new NewGrant(
                app.provider(),
                app.name(),
                new Account(
                        address.toLowerCase(Locale.ROOT), Optional.empty(), Optional.of(address)),
                own.tier(),
                Optional.empty(),
                given.access(),
                Optional.empty());
    }
}
