package dev.postrider.identity.issuer;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An OpenID provider, as the operator configured it.
 *
 * @param name the URL that its tokens have as {@code iss}
 * @param audience what its tokens must have among their {@code aud}
 * @param algorithms the signatures that are accepted; asymmetric ones only
 * @param tokenType the {@code typ} that its tokens must have ({@code at+jwt}, RFC 9068); empty for
 *     any
 * @param keys where its keys are; empty to ask its discovery document
 * @param introspection how opaque tokens are asked for; empty refuses them
 * @param signIn how people sign in to the console there; empty when they can't
 */
public record Issuer(
        String name,
        String audience,
        List<String> algorithms,
        Optional<String> tokenType,
        Optional<URI> keys,
        Optional<Introspection> introspection,
        Optional<SignIn> signIn,
        Admission admission) {
    public Issuer {
        algorithms = List.copyOf(algorithms);
    }

    /**
     * How to ask whether an opaque token is good (RFC 7662).
     *
     * @param endpoint empty to ask the discovery document
     */
    public record Introspection(Optional<URI> endpoint, String clientId, String clientSecret) {
        @Override
        public String toString() {
            return "Introspection[clientId=" + clientId + "]";
        }
    }

    /** The same for people, too. */
    public Issuer with(SignIn console) {
        return new Issuer(
                name,
                audience,
                algorithms,
                tokenType,
                keys,
                introspection,
                Optional.of(console),
                admission);
    }

    /**
     * What this program is there, to sign people in.
     *
     * @param id names it in the URL that the provider leads back to; {@code [a-z0-9.-]}
     * @param label what people call it
     * @param clientSecret empty for a public client, which PKCE alone protects
     * @param scopes beside {@code openid}
     */
    public record SignIn(
            String id,
            String label,
            String clientId,
            Optional<String> clientSecret,
            List<String> scopes) {
        public SignIn {
            scopes = List.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "SignIn[id=" + id + ", clientId=" + clientId + "]";
        }
    }

    /**
     * Who its subjects are here.
     *
     * @param createUsers whether a subject that is seen for the first time becomes a user
     * @param linkByEmail whether they become the user of their verified address, if there is one
     * @param emailClaim which claim has the address
     * @param workspaceClaim which claim names the workspace; empty puts all into the first one
     * @param roleClaim which claim has roles, with dots for nested ones; empty leaves roles to us
     * @param roles what its values mean here: {@code owner}, {@code admin}, {@code member}
     */
    public record Admission(
            boolean createUsers,
            boolean linkByEmail,
            String emailClaim,
            Optional<String> workspaceClaim,
            Optional<String> roleClaim,
            Map<String, String> roles) {
        public Admission {
            roles = Map.copyOf(roles);
        }
    }
}
