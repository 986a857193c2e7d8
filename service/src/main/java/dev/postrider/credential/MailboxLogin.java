package dev.postrider.credential;

/** What a mailbox's server wants to know; never prints its password. */
public record MailboxLogin(String username, String password) {
    @Override
    public String toString() {
        return "MailboxLogin[username=" + username + ", password=***]";
    }
}
