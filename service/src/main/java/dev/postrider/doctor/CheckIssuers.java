package dev.postrider.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.identity.issuer.Issuer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** Whether the OpenID providers whose tokens are accepted can be asked for their keys. */
public record CheckIssuers(List<Issuer> issuers) implements Check {
    private static final ObjectMapper JSON = new ObjectMapper();

    public CheckIssuers {
        issuers = List.copyOf(issuers);
    }

    @Override
    public String about() {
        return "Sign-in (OpenID)";
    }

    @Override
    public List<Finding> look() throws InterruptedException, ExecutionException {
        if (issuers.isEmpty()) {
            return List.of(Finding.ok("issuer-none", "No OpenID provider is set."));
        }
        var looks = issuers.stream().map(issuer -> (Callable<Finding>) () -> look(issuer)).toList();
        var found = AtOnce.look(Examine.OF_A_CHECK, looks);
        return IntStream.range(0, issuers.size())
                .mapToObj(i ->
                        found.get(i).orElseGet(() -> unusable(issuers.get(i), "no answer in time")))
                .toList();
    }

    private static Finding look(Issuer issuer) throws InterruptedException {
        var document =
                issuer.keys()
                        .orElseGet(() ->
                                URI.create(
                                        issuer.name().replaceFirst("/+$", "")
                                                + "/.well-known/openid-configuration"));
        try {
            var page = Fetch.get(document);
            if (page.status() != 200) {
                return unusable(issuer, document + " answers " + page.status());
            }
            var json = JSON.readTree(page.text());
            if (issuer.keys().isPresent()) {
                return json.path("keys").isArray()
                        ? Finding.ok("issuer", issuer.name() + " shows its keys.")
                        : unusable(issuer, document + " has no keys");
            }
            var name = json.path("issuer").asText();
            return name.equals(issuer.name())
                    ? Finding.ok("issuer", issuer.name() + " says where its keys are.")
                    : unusable(issuer, document + " is that of \"" + name + "\"");
        } catch (JsonProcessingException _) {
            return unusable(issuer, document + " isn't JSON");
        } catch (IOException e) {
            return unusable(issuer, document + ": " + Fetch.reason(e));
        }
    }

    private static Finding unusable(Issuer issuer, String reason) {
        return Finding.problem(
                "issuer-unusable",
                issuer.name() + " can't be used: " + reason + ".",
                "Its tokens are refused, and nobody signs in through it.",
                "Compare POSTRIDER_OIDC_ISSUER, letter by letter, with what the provider shows; see"
                        + " whether this machine reaches it.");
    }
}
