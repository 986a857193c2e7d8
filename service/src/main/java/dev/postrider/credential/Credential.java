package dev.postrider.credential;

/**
 * A mailbox's secret, out of the vault; never prints it.
 *
 * @param version another for each secret that a mailbox ever had: what was refused is compared by
 *     it (fencing), so a refusal of the old one holds nobody who has given a new one
 */
public record Credential(String secret, long version) {
    @Override
    public String toString() {
        return "Credential[version=" + version + "]";
    }
}
