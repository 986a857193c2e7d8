/** Which submission server an address's domain has: known providers, SRV, MX, autoconfig. */
@NullMarked
package dev.postrider.transport.smtp.discovery;

import org.jspecify.annotations.NullMarked;
