package dev.postrider.lab.steps;

import dev.postrider.lab.provider.Account;
import dev.postrider.lab.steps.Step.Part;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Through which mailbox an email goes: at a server, or at an account of a provider's. */
@SuppressWarnings("ImmutableEnumChecker") // a record of texts
enum Way {
    SMTP("smtp", Optional.empty()),
    /** That may look into its sent mail. */
    GMAIL("gmail", Optional.of(Account.ALL.get(1))),
    /** That may not. */
    GRAPH("microsoft", Optional.of(Account.ALL.get(3))),
    /** That may make drafts, with a file that takes one. */
    GRAPH_DRAFT("microsoft", Optional.of(Account.LARGE));

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

    /** Whether somebody waits for its emails, and they take the short way. */
    boolean isAwaited() {
        return this != GRAPH_DRAFT;
    }

    /**
     * A server gives no tokens; where tokens and grants are looked at, the message's size is one.
     */
    List<Step> steps() {
        var parts =
                switch (this) {
                    case SMTP -> EnumSet.of(Part.SHORT_WAY, Part.ANY_WAY);
                    case GMAIL, GRAPH ->
                            EnumSet.of(Part.SHORT_WAY, Part.ANY_WAY, Part.TOKENS, Part.GRANTS);
                    case GRAPH_DRAFT -> EnumSet.of(Part.DRAFT, Part.ANY_WAY);
                };
        return Arrays.stream(Step.values()).filter(step -> parts.contains(step.part())).toList();
    }
}
