package dev.postrider.credential;

/** What a mailbox's server wants to know; never prints its password. */
public record Login(String username, String password) {
    @Override
    public String toString() {
        return "Login[username=" + username + ", password=***]";
    }
}
