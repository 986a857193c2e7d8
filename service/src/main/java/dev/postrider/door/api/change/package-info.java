/**
 * Changes of emails that were kept, one by its id or many by a filter: cancel, retry, send through
 * another mailbox. In comes who asks and what is to be changed; out goes what became of each email,
 * as the store's verbs answer it. Whoever loses the race for an email's state is told so.
 */
@NullMarked
package dev.postrider.door.api.change;

import org.jspecify.annotations.NullMarked;
