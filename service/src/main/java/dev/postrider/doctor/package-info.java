/**
 * Looks at an installation and says what is wrong with it, why that matters and what to do: {@code
 * ./postrider doctor}.
 *
 * <p>In come the settings, as far as they can be read; out go findings. A {@link
 * dev.postrider.doctor.Check} looks at one thing, changes nothing, and needs neither a program that
 * runs nor one that could start; {@link dev.postrider.doctor.Examine} runs all of them side by side
 * and waits for none for long. What a check can't find out is a finding too, never an exception.
 */
@NullMarked
package dev.postrider.doctor;

import org.jspecify.annotations.NullMarked;
