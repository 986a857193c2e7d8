package dev.postrider.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The mechanisms that both sides know, the strongest first. */
final class Mechanisms {
    private Mechanisms() {}

    static List<Mechanism> common(Credentials credentials, Set<String> announced) {
        List<Mechanism> known =
                switch (credentials) {
                    case Credentials.None _ -> List.of();
                    case Credentials.Password password ->
                            List.of(new Plain(password), new LoginMechanism(password));
                    case Credentials.Token _ -> List.of();
                };
        var common = new ArrayList<>(known);
        common.removeIf(mechanism -> !announced.contains(mechanism.name()));
        return common;
    }
}
