package dev.postrider.lab.crash;

/** What happens to the installation. */
enum Trouble {
    /** SIGKILL, and a new start. */
    KILL_NODE,
    /**
     * SIGTERM for each node in turn while much is under way, and a new start when it has ended by
     * itself. As nothing else goes wrong meanwhile, no email may become unknown.
     */
    ROLLING_RESTART,
    /** SIGSTOP for longer than its leases last, and SIGCONT. */
    STOP_NODE,
    /** SIGKILL for all processes of the database, and a new start. */
    KILL_DATABASE,
    /** Many connections to the mail server end at the worst moments. */
    CUT_CONNECTIONS
}
