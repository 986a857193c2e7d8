package dev.postrider.transport.smtp;

import dev.postrider.transport.Provider;
import java.util.Optional;

/**
 * The smtp part of a request, checked and completed.
 *
 * @param password a new one, to be sealed; empty when there is no login, or the old one stays
 */
public record SmtpSettings(Provider.Smtp provider, Optional<String> password) {
    @Override
    public String toString() {
        return "SmtpSettings[" + provider + "]";
    }
}
