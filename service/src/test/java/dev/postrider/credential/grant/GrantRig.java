package dev.postrider.credential.grant;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.credential.provider.Authorize;
import dev.postrider.credential.provider.CodeResult;
import dev.postrider.credential.provider.NewGrant;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.TestProviders;
import dev.postrider.credential.provider.Tier;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.vault.TestVault;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Google, a database, and mailboxes that have consented. */
final class GrantRig implements AutoCloseable {
    static final UUID WORKSPACE = UUID.randomUUID();
    private static final URI REDIRECT =
            URI.create("https://mail.example.com/connect/callback/google");
    static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-is-what-it-takes";

    final SettableClock clock = new SettableClock();
    final FakeGoogle google;
    final Told told = new Told();
    final Database database;
    private final ProviderApps apps;

    GrantRig(Database database) throws IOException {
        this.database = database;
        this.google = FakeGoogle.start(clock, 0, null);
        google.app().redirectsTo(REDIRECT.toString());
        this.apps = TestProviders.parse(google.providersFile());
        database.inTransaction(handle -> {
            handle.execute("delete from oauth_grant");
            handle.execute("delete from provider_app_fault");
            handle.execute("delete from grant_revocation");
            handle.execute("delete from credential");
            handle.execute("delete from mailbox");
            return handle.execute(
                    "insert into workspace (id, name) values (?, 'Test') on conflict do nothing",
                    WORKSPACE);
        });
    }

    /** As another node has them; a lease outlives a call. */
    Grants node() {
        return node(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    Grants node(Duration patience, Duration lease) {
        return new Grants(
                database,
                TestVault.of(database),
                apps(),
                () -> told,
                faults(),
                clock,
                new ProviderCalls(OutboundClient.forOperator(), patience),
                lease);
    }

    AppFaults faults() {
        return new AppFaults(database, () -> told, clock);
    }

    /** What a node does by itself. */
    KeepGrants keeper(Grants grants) {
        return new KeepGrants(
                database, grants, faults(), apps(), new ProviderCalls(), () -> told, clock);
    }

    /** Takes back grants of mailboxes that are gone, as another node does. */
    RevokeGrants revoker() {
        return new RevokeGrants(database, TestVault.of(database), apps(), new ProviderCalls());
    }

    ProviderApps apps() {
        return apps;
    }

    ProviderApp app() {
        return apps().find(Provider.GOOGLE, Optional.empty()).orElseThrow();
    }

    /** A mailbox whose user consents now. */
    UUID mailbox(Grants grants, String address) throws InterruptedException {
        var id = NewId.get();
        database.inTransaction(handle ->
                handle.execute(
                        "insert into mailbox (workspace_id, id, address, provider, state)"
                                + " values (?, ?, ?, 'sandbox', 'active')",
                        WORKSPACE,
                        id,
                        address));
        put(grants, id, consent(address));
        return id;
    }

    void put(Grants grants, UUID mailbox, NewGrant grant) {
        database.inTransaction(handle -> {
            grants.put(handle, WORKSPACE, mailbox, grant);
            return true;
        });
    }

    NewGrant consent(String address) throws InterruptedException {
        google.account(address);
        return switch (exchange(url -> google.consent(url, address), Tier.SEND)) {
            case CodeResult.Granted(var grant) -> grant;
            case CodeResult other -> throw new IllegalStateException(other.toString());
        };
    }

    /** What becomes of a consent. */
    CodeResult exchange(Function<URI, URI> user, Tier tier) throws InterruptedException {
        var authorize = new Authorize(new ProviderCalls(), clock, this::faults);
        var nonce = UUID.randomUUID().toString();
        var page =
                authorize.url(
                        app(),
                        "state",
                        nonce,
                        challenge(),
                        REDIRECT,
                        tier,
                        Optional.empty(),
                        false);
        var back = user.apply(page);
        return authorize.exchange(
                app(), query(back).getOrDefault("code", ""), VERIFIER, REDIRECT, nonce, tier);
    }

    static Map<String, String> query(URI url) {
        return Arrays.stream(url.getRawQuery().split("&", -1))
                .map(each -> each.split("=", 2))
                .collect(
                        Collectors.toMap(
                                each -> each[0], each -> URLDecoder.decode(each[1], UTF_8)));
    }

    static String challenge() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        google.close();
    }
}
