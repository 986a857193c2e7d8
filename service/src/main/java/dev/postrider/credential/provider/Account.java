package dev.postrider.credential.provider;

import java.util.Optional;

/**
 * Who consented, as the provider knows them.
 *
 * @param subject stable: Google's {@code sub}, Microsoft's {@code oid}
 * @param tenant Microsoft's {@code tid}, which belongs to the subject
 * @param address the mailbox's, which may change while the subject stays; empty when the account
 *     has no mailbox
 */
public record Account(String subject, Optional<String> tenant, Optional<String> address) {}
