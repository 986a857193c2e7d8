/**
 * The operator's own apps at Google and Microsoft. In come the settings that name them and the
 * answers of their token endpoints, out go the consent page's address, tokens, and what an answer
 * means: the grant is over, the app is at fault, or it is passing. Nothing here knows mailboxes.
 */
@NullMarked
package dev.postrider.credential.provider;

import org.jspecify.annotations.NullMarked;
