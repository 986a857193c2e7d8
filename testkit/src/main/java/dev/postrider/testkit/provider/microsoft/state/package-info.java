/**
 * What Microsoft knows: tenants with their policies of consent, users, the operators' apps with
 * secrets and certificates, tokens with their lifetimes, and the switches and limits that a test
 * may turn. Errors are one of {@link dev.postrider.testkit.provider.microsoft.state.EntraError} and
 * {@link dev.postrider.testkit.provider.microsoft.state.GraphError}.
 */
@NullMarked
package dev.postrider.testkit.provider.microsoft.state;

import org.jspecify.annotations.NullMarked;
