/**
 * What Google knows: users, the operators' apps, consents and tokens with their lifetimes, and the
 * switches and limits that a test may turn. It answers by what stands here and by the clock; an
 * error it can answer is one of {@link dev.postrider.testkit.provider.google.state.GoogleError}.
 */
@NullMarked
package dev.postrider.testkit.provider.google.state;

import org.jspecify.annotations.NullMarked;
