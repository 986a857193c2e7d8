package dev.postrider.postgres.embedded;

/** Whose PostgreSQL serves the data folder (POSTRIDER_POSTGRES). */
public enum ServerChoice {
    /**
     * The distribution's, whose libraries its security updates keep new; ours where there is none,
     * or where it is of another major version than the data.
     */
    AUTO,
    /** The distribution's; without one the program doesn't start. */
    INSTALLED,
    /** The one that Postrider brings. */
    BUNDLED
}
