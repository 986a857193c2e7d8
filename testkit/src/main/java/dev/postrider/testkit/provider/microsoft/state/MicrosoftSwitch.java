package dev.postrider.testkit.provider.microsoft.state;

import dev.postrider.testkit.provider.Switches;

/** What is unverified at the real Microsoft, or differs between its customers. */
public enum MicrosoftSwitch implements Switches.Switch {
    /**
     * {@code sendMail} keeps the MIME's Message-ID: three senders find their copies by it, one has
     * seen it replaced, documentation of one says replaced; unverified. Off is the harder case.
     */
    KEEPS_MESSAGE_ID(true),
    /** Recipients don't see the MIME's Bcc: unverified. */
    DROPS_BCC(true),
    /** {@code internetMessageHeaders} of Sent Items: often absent. */
    SENT_ITEMS_HAVE_HEADERS(false),
    /** A request of more than 4 MB is answered with 413; else with 400 and words: both seen. */
    TOO_LARGE_IS_413(true),
    /** {@code scope} of a token has the resource's prefix: seen. Else it has the bare names. */
    SCOPES_HAVE_PREFIX(true),
    /** {@code scope} of a token names {@code offline_access}: not dependable; unverified. */
    SCOPES_HAVE_OFFLINE(false),
    /**
     * Who needs an admin's approval comes back with {@code access_denied}; else the page leads
     * nowhere: both seen.
     */
    APPROVAL_PAGE_LEADS_BACK(false);

    private final boolean onByDefault;

    MicrosoftSwitch(boolean onByDefault) {
        this.onByDefault = onByDefault;
    }

    @Override
    public boolean onByDefault() {
        return onByDefault;
    }
}
