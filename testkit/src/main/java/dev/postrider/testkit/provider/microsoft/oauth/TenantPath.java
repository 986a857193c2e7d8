package dev.postrider.testkit.provider.microsoft.oauth;

import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftApp;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftTenant;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUsers;
import java.util.Optional;

/** The tenant that a URL names: {@code common}, a kind of accounts, an id or a domain. */
record TenantPath(MicrosoftUsers users, String name) {

    /** What is wrong with it for this app. */
    Optional<EntraError> flaw(MicrosoftApp app) {
        return switch (name) {
            case "common", "organizations" ->
                    switch (app.accounts()) {
                        case ONE_ORGANISATION -> Optional.of(EntraError.SINGLE_TENANT);
                        case CONSUMERS -> Optional.of(EntraError.CONSUMERS_NOT_ALLOWED);
                        case ORGANISATIONS, EVERYBODY -> Optional.empty();
                    };
            case "consumers" ->
                    switch (app.accounts()) {
                        case ONE_ORGANISATION, ORGANISATIONS ->
                                Optional.of(EntraError.NOT_FOR_CONSUMERS);
                        case CONSUMERS, EVERYBODY -> Optional.empty();
                    };
            default ->
                    users.findTenant(name)
                            .map(tenant ->
                                    app.isFor(tenant)
                                            ? Optional.<EntraError>empty()
                                            : Optional.of(EntraError.APP_NOT_FOUND))
                            .orElse(Optional.of(EntraError.TENANT_NOT_FOUND));
        };
    }

    boolean admits(MicrosoftTenant tenant) {
        return switch (name) {
            case "common" -> true;
            case "organizations" -> !tenant.isConsumers();
            case "consumers" -> tenant.isConsumers();
            default -> tenant.id().equals(name) || tenant.domain().equals(name);
        };
    }

    /** Empty for those that stand for many. */
    Optional<MicrosoftTenant> one() {
        return users.findTenant(name);
    }
}
