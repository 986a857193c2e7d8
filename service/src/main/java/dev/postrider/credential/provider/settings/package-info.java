/**
 * The operator's settings become apps. In come environment variables and a JSON file, with the keys
 * that they name; out come {@link dev.postrider.credential.provider.ProviderApps}, completed by
 * what is usual at each provider. What is wrong is said at start, in words, and keeps the program
 * from starting.
 */
@NullMarked
package dev.postrider.credential.provider.settings;

import org.jspecify.annotations.NullMarked;
