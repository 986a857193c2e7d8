package dev.postrider.credential.provider.settings;

import dev.postrider.credential.provider.AppAccess;
import dev.postrider.credential.provider.AppScopes;
import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.ClientLogin;
import dev.postrider.credential.provider.Endpoints;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.Tier;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one app; what is left out is as its provider has it. */
final class ParseApp {
    /** It is a part of the redirect URI. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,99}");
    private static final Set<String> SHARED_TENANTS =
            Set.of("common", "organizations", "consumers");

    private static final Set<String> ENDPOINTS =
            Set.of(
                    "authorize",
                    "token",
                    "revoke",
                    "userinfo",
                    "api",
                    "uploads",
                    "issuer",
                    "resource");

    private static final Set<String> BOTH =
            Set.of(
                    "name",
                    "client_id",
                    "client_secret",
                    "secret_expires",
                    "endpoints",
                    "scopes",
                    "smtp",
                    "access",
                    "tier",
                    "allow");

    /** Exchange Online can be told to take as much. */
    private static final int MAX_MESSAGE_OCTETS = 150 * 1024 * 1024;

    private final Provider provider;
    private final AppJson given;
    private final ProviderDefaults defaults;

    private ParseApp(Provider provider, AppJson given) {
        this.provider = provider;
        this.given = given;
        this.defaults = ProviderDefaults.of(provider);
    }

    /**
     * @throws BadProviders saying what is wrong
     */
    static ProviderApp of(Provider provider, AppJson given) {
        return new ParseApp(provider, given).app();
    }

    private ProviderApp app() {
        given.allowOnly(names());
        var access = access();
        var login = login(access);
        return new ProviderApp(
                provider,
                name(),
                clientId(login),
                login,
                tenant(access),
                endpoints(),
                scopes(access),
                access,
                messageOctets(),
                expires(login));
    }

    private Set<String> names() {
        var names = new HashSet<>(BOTH);
        switch (provider) {
            case GOOGLE -> names.add("service_account");
            case MICROSOFT -> names.addAll(Set.of("tenant", "certificate", "message_octets"));
        }
        return names;
    }

    private String name() {
        var name = given.text("name").orElse(ProviderApp.USUAL);
        if (!NAME.matcher(name).matches()) {
            throw given.wrong("name", "must be made of a-z, 0-9, - and _, 40 at most");
        }
        return name;
    }

    private AppAccess access() {
        var access = given.text("access").orElse("delegated");
        return switch (access) {
            case "delegated" -> {
                for (var name : List.of("tier", "allow", "service_account")) {
                    if (given.has(name)) {
                        throw given.wrong(name, "is for apps with \"access\": \"application\"");
                    }
                }
                yield new AppAccess.Delegated();
            }
            case "application" -> application();
            default -> throw given.wrong("access", "must be \"delegated\" or \"application\"");
        };
    }

    private AppAccess application() {
        var tier =
                Tier.of(given.text("tier").orElse(Tier.SEND.text()))
                        .orElseThrow(() ->
                                given.wrong("tier", "must be \"send\", \"settle\" or \"read\""));
        var domains = new HashSet<String>();
        var addresses = new HashSet<String>();
        given.texts("allow")
                .orElseThrow(() ->
                        given.wrong(
                                "allow",
                                "must list the domains or addresses that the app may send for"))
                .forEach(each -> {
                    var lower = each.toLowerCase(Locale.ROOT);
                    (lower.indexOf('@') > 0 ? addresses : domains)
                            .add(lower.startsWith("@") ? lower.substring(1) : lower);
                });
        return new AppAccess.Application(tier, domains, addresses);
    }

    private ClientLogin login(AppAccess access) {
        if (provider == Provider.GOOGLE && access instanceof AppAccess.Application) {
            if (given.has("client_secret")) {
                throw given.wrong("client_secret", "has no use beside a service account");
            }
            return ReadServiceAccount.of(given);
        }
        var secret = given.text("client_secret").map(ClientLogin.Secret::new);
        var certificate = given.text("certificate").map(ReadPem::certificate);
        if (secret.isPresent() && certificate.isPresent()) {
            throw given.wrong("certificate", "and \"client_secret\" are both given: keep one");
        }
        return secret.<ClientLogin>map(each -> each)
                .or(() -> certificate)
                .orElseThrow(() -> given.wrong("client_secret", "is missing" + orCertificate()));
    }

    private String orCertificate() {
        return provider == Provider.MICROSOFT ? " (or a certificate)" : "";
    }

    private String clientId(ClientLogin login) {
        return switch (login) {
            case ClientLogin.ServiceAccount account ->
                    given.text("client_id").orElse(account.address());
            case ClientLogin.Secret _, ClientLogin.Certificate _ -> given.needed("client_id");
        };
    }

    private String tenant(AppAccess access) {
        if (provider == Provider.GOOGLE) {
            return "";
        }
        var tenant = given.text("tenant").orElse("common");
        if (!TENANT.matcher(tenant).matches()) {
            throw given.wrong(
                    "tenant",
                    "must be common, organizations, consumers, or a tenant's id or domain");
        }
        if (access instanceof AppAccess.Application && SHARED_TENANTS.contains(tenant)) {
            throw given.wrong(
                    "tenant", "must be the organisation's own for \"access\": \"application\"");
        }
        return tenant;
    }

    private Endpoints endpoints() {
        var own = given.object("endpoints");
        own.allowOnly(ENDPOINTS);
        var api = url(own, "api").orElseThrow();
        var issuers = own.text("issuer").map(Set::of);
        return new Endpoints(
                url(own, "authorize").orElseThrow(),
                url(own, "token").orElseThrow(),
                url(own, "revoke"),
                url(own, "userinfo").orElseThrow(),
                api,
                uploads(own),
                issuers.orElseGet(() -> Set.copyOf(defaults.list("issuers"))));
    }

    private Set<URI> uploads(AppJson own) {
        var uploads = new HashSet<URI>();
        own.texts("uploads")
                .orElseGet(() -> defaults.list("uploads"))
                .forEach(each -> uploads.add(url(own, "uploads", withoutSlash(each))));
        return uploads;
    }

    private Optional<Integer> messageOctets() {
        return given.has("message_octets")
                ? Optional.of(given.number("message_octets", MAX_MESSAGE_OCTETS))
                : Optional.empty();
    }

    /** The operator's, or else the provider's; any address, for it is the operator who names it. */
    private Optional<URI> url(AppJson own, String name) {
        return own.text(name)
                .or(() -> defaults.text(name))
                .map(this::filledIn)
                .map(text -> url(own, name, text));
    }

    private static URI url(AppJson own, String name, String text) {
        try {
            var url = new URI(text);
            if (url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && Set.of("https", "http")
                            .contains(
                                    Optional.ofNullable(url.getScheme())
                                            .orElse("")
                                            .toLowerCase(Locale.ROOT))) {
                return url;
            }
        } catch (URISyntaxException _) {
            // said below
        }
        throw own.wrong(name, "must be an http or https URL");
    }

    private String filledIn(String text) {
        var own = given.object("endpoints");
        var api = own.text("api").or(() -> defaults.text("api")).orElse("");
        var resource = own.text("resource").or(() -> defaults.text("resource")).orElse("");
        return text.replace("{api}", withoutSlash(api))
                .replace("{resource}", withoutSlash(resource))
                .replace("{tenant}", given.text("tenant").orElse("common"));
    }

    private static String withoutSlash(String url) {
        return url.replaceFirst("/+$", "");
    }

    private AppScopes scopes(AppAccess access) {
        var own = given.object("scopes");
        own.allowOnly(Set.of("send", "settle", "read"));
        var tiers = new EnumMap<Tier, List<String>>(Tier.class);
        Arrays.stream(Tier.values())
                .forEach(tier ->
                        tiers.put(
                                tier,
                                own
                                        .texts(tier.text())
                                        .orElseGet(() -> defaults.list(tier.text()))
                                        .stream()
                                        .map(this::filledIn)
                                        .toList()));
        return new AppScopes(
                defaults.list("identity"),
                Map.copyOf(tiers),
                given.flag("smtp") ? defaults.list("smtp") : List.of(),
                access instanceof AppAccess.Application ? ofApplication() : Map.of(),
                defaults.covers());
    }

    private Map<Audience, List<String>> ofApplication() {
        return switch (provider) {
            case GOOGLE -> Map.of();
            case MICROSOFT ->
                    Map.of(
                            Audience.API,
                            defaults.list("application").stream().map(this::filledIn).toList(),
                            Audience.SMTP,
                            defaults.list("application_smtp"));
        };
    }

    private Optional<LocalDate> expires(ClientLogin login) {
        return switch (login) {
            case ClientLogin.Certificate(_, var certificate) ->
                    Optional.of(
                            LocalDate.ofInstant(
                                    certificate.getNotAfter().toInstant(), ZoneOffset.UTC));
            case ClientLogin.Secret _, ClientLogin.ServiceAccount _ -> given.date("secret_expires");
        };
    }
}
