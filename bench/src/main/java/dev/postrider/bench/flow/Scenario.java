package dev.postrider.bench.flow;

/**
 * What is measured.
 *
 * @param key names it on the command line
 * @param mailboxes how many there are
 * @param waiting how many emails wait to be sent all the time
 * @param clients how many requests are made at once
 */
record Scenario(String key, String title, Kind kind, int mailboxes, int waiting, int clients) {
    enum Kind {
        /** As fast as it goes, then evenly at half of that for the time from request to sink. */
        FULL,
        /** As fast as it goes, behind a backlog that was there before. */
        BACKLOG,
        /** Callers who wait for each email's first attempt. */
        AWAITED,
        /** The same at a real Postfix, with STARTTLS and a login; then loops without us. */
        AWAITED_POSTFIX;

        boolean isAwaited() {
            return this == AWAITED || this == AWAITED_POSTFIX;
        }
    }
}
