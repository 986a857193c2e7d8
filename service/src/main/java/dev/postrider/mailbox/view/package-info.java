/**
 * How a mailbox looks from outside, in the answers of {@code /mailboxes} and in its events. In come
 * a mailbox and how it is doing, out goes what becomes JSON; a secret never does. What one kind of
 * transport shows stands under the kind's name.
 */
@NullMarked
package dev.postrider.mailbox.view;

import org.jspecify.annotations.NullMarked;
