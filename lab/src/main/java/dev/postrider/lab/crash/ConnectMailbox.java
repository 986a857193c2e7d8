package dev.postrider.lab.crash;

import dev.postrider.lab.provider.Account;
import dev.postrider.lab.provider.ConnectByLink;
import dev.postrider.lab.provider.LabProviders;
import dev.postrider.testkit.program.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A user who connects a mailbox, and doesn't give up when nodes die meanwhile. */
public final class ConnectMailbox {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration UNTIL_USED = Duration.ofSeconds(2);

    private final ConnectByLink links;
    private final MailboxDatabase database;

    public ConnectMailbox(LabProviders providers, MailboxDatabase database) {
        this.links = new ConnectByLink(providers);
        this.database = database;
    }

    /** A node that is asked next. */
    public interface Nodes {
        Api next() throws IOException, InterruptedException;
    }

    /**
     * Connects it by one link after the other, until one was used.
     *
     * @param mailbox the one to connect again; empty for a new one
     */
    public void again(Nodes nodes, Account account, Optional<String> mailbox)
            throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (isConnected(nodes, account, mailbox)) {
                return;
            }
            Thread.sleep(300);
        }
        throw new IOException(account.address() + " can't be connected");
    }

    private boolean isConnected(Nodes nodes, Account account, Optional<String> mailbox)
            throws InterruptedException {
        ConnectByLink.Link link;
        try {
            link = ConnectByLink.make(nodes.next(), account, mailbox);
        } catch (IOException _) {
            return false;
        }
        try {
            links.follow(nodes.next().port(), link, account);
        } catch (IOException _) {
            // a node has died; the link may have been used
        }
        return database.await(UNTIL_USED, () -> database.isUsed(link.id()));
    }
}
