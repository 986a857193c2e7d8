/**
 * Finds out what the real Google and Microsoft do where nobody is sure: in come test accounts of
 * the operator's, out goes what was seen beside what the fakes of {@code provider} do. It writes to
 * the account itself and to nobody else, and prints neither secrets nor addresses.
 */
@NullMarked
package dev.postrider.testkit.recorder;

import org.jspecify.annotations.NullMarked;
