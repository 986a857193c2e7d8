package dev.postrider.lab.crash;

import dev.postrider.lab.provider.Account;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Through which mailbox an email goes: at a server, or at an account of a provider's. */
@SuppressWarnings("ImmutableEnumChecker") // a record of texts
enum Way {
    SMTP("smtp", Optional.empty()),
    /** That may look into its sent mail. */
    GMAIL("gmail", Optional.of(Account.ALL.get(1))),
    /** That may not. */
    GRAPH("microsoft", Optional.of(Account.ALL.get(3)));

    private final String route;
    private final Optional<Account> account;

    Way(String route, Optional<Account> account) {
        this.route = route;
        this.account = account;
    }

    String route() {
        return route;
    }

    /** Empty for a server. */
    Optional<Account> account() {
        return account;
    }

    boolean mayLook() {
        return account.filter(Account::mayBeLookedInto).isPresent();
    }

    /** A server gives no tokens. */
    List<Step> steps() {
        return Arrays.stream(Step.values())
                .filter(step -> account.isPresent() || (!step.isOfTokens() && !step.isOfGrants()))
                .toList();
    }
}
