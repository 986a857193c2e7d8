package dev.postrider.testkit.provider.google.state;

import dev.postrider.testkit.provider.Switches;

/** What is unverified at the real Google, or differs between its customers. */
public enum GoogleSwitch implements Switches.Switch {
    /** {@code iss} in the authorization response: seen since February 2026, never announced. */
    SENDS_ISS(true),
    /** Boxes of the consent page. Unticked is the harder case; what Google does is unverified. */
    BOXES_TICKED(false),
    /** Who is no test user of an app in testing: an answer to the callback, or only a page. */
    TESTERS_ONLY_BY_CALLBACK(true),
    /** An app that the domain's admin blocks: an answer to the callback, or only a page. */
    ADMIN_POLICY_BY_CALLBACK(false),
    /** Drops Bcc from what recipients get: implied by many, contradicted by one; unverified. */
    DROPS_BCC(true),
    /** A foreign {@code threadId} is answered with 404: unverified. Else it begins a thread. */
    FOREIGN_THREAD_IS_404(true),
    /**
     * With {@code threadId}, References must name an id that the thread has, as the documentation
     * demands; but ids are replaced, so that senders can't know them: unverified.
     */
    THREADS_NEED_REFERENCES(false),
    /** A finished resumable upload tells its answer again: unverified. Else it's unknown, 404. */
    FINISHED_UPLOAD_ANSWERS_AGAIN(true),
    /** The minute's quota is answered with 403 and {@code errors[]}; else with 429: both seen. */
    QUOTA_AS_403(false),
    /** The time that the day's limit names is too early: seen. */
    DAY_LIMIT_NAMES_TOO_EARLY(false);

    private final boolean onByDefault;

    GoogleSwitch(boolean onByDefault) {
        this.onByDefault = onByDefault;
    }

    @Override
    public boolean onByDefault() {
        return onByDefault;
    }
}
