package dev.postrider.testkit.provider.google.state;

import dev.postrider.testkit.provider.Limits;

/** Google's numbers. */
public enum GoogleLimit implements Limits.Limit {
    /** Of a user, for projects made since May 2026; 15,000 for those of the half year before. */
    UNITS_A_MINUTE(6_000),
    /** In 24 hours, for an address of Gmail itself. */
    MESSAGES_A_DAY(500),
    /** In 24 hours, for an address of a Workspace. */
    MESSAGES_A_DAY_IN_WORKSPACE(2_000),
    /** Google's help page; newer third parties have seen 500. */
    RECIPIENTS(100),
    /** Octets of a JSON body: "about 5 MB". */
    JSON_OCTETS(5 * 1024 * 1024),
    /** Octets of a message by upload. */
    MESSAGE_OCTETS(36_700_160),
    /** Live ones of a user and a client. */
    REFRESH_TOKENS(100),
    ACCESS_TOKEN_SECONDS(3_599),
    CODE_SECONDS(600),
    /** Until a search finds a message that a list by label shows at once: "lags". */
    SEARCH_LAG_SECONDS(10);

    private final long byDefault;

    GoogleLimit(long byDefault) {
        this.byDefault = byDefault;
    }

    @Override
    public long byDefault() {
        return byDefault;
    }
}
