package dev.postrider.vault;

/**
 * Where the keyset (Tink's JSON) that seals everything comes from. Whoever has it and the database
 * has the credentials; whoever loses it loses them.
 */
public sealed interface MasterKeySource permits MasterKeyFile, GivenMasterKey {
    /**
     * Reads the keyset.
     *
     * @throws MasterKeyUnusable when it is missing, open to others, no keyset, or encrypted by a
     *     key that can't be used just now
     */
    MasterKey open();

    /**
     * Makes sure that the keyset can be read.
     *
     * @throws MasterKeyUnusable when it can't
     */
    default void check() {
        var _ = open();
    }
}
