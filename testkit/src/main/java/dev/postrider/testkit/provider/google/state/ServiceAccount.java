package dev.postrider.testkit.provider.google.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A service account with its key, and the domains whose admins let it act for their users. */
public final class ServiceAccount {
    static final String DOMAIN = ".iam.gserviceaccount.test";

    private final GoogleApp project;
    private final String email;
    private final String clientId = Secrets.digits(21);
    private final SigningKey key = SigningKey.another();
    private final Map<String, Set<String>> delegations = new ConcurrentHashMap<>();

    ServiceAccount(GoogleApp project, String name) {
        this.project = project;
        this.email = name + "@project" + DOMAIN;
    }

    /** Whose API may be on or off. */
    public GoogleApp project() {
        return project;
    }

    public String email() {
        return email;
    }

    /** Numeric: what an admin lists. */
    public String clientId() {
        return clientId;
    }

    public SigningKey key() {
        return key;
    }

    /** A domain's admin lists it with exactly these scopes: {@code gmail.send}. */
    public ServiceAccount delegate(String domain, String... scopes) {
        delegations.put(domain.toLowerCase(Locale.ROOT), GoogleScope.canonical(List.of(scopes)));
        return this;
    }

    public ServiceAccount removeDelegation(String domain) {
        delegations.remove(domain.toLowerCase(Locale.ROOT));
        return this;
    }

    public boolean mayActFor(GoogleUser user, Set<String> scopes) {
        return user.hostedDomain()
                .map(domain -> delegations.getOrDefault(domain, Set.of()).containsAll(scopes))
                .orElse(false);
    }

    /** The JSON key as Google lets it be downloaded. */
    public ObjectNode keyFile(String tokenUri) {
        return Json.object()
                .put("type", "service_account")
                .put("project_id", "project")
                .put("private_key_id", key.id())
                .put("private_key", key.privatePem())
                .put("client_email", email)
                .put("client_id", clientId)
                .put("token_uri", tokenUri);
    }
}
