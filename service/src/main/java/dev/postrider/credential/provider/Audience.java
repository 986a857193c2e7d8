package dev.postrider.credential.provider;

/** What an access token is for: Microsoft gives one for each resource. */
public enum Audience {
    /** The provider's API for mail: Gmail's, or Graph. */
    API,
    /** Its SMTP server. */
    SMTP
}
