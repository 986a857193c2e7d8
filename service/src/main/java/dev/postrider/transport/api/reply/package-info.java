/**
 * What an API's answers mean: in comes an answer with its error in one of the providers' shapes,
 * out goes a meaning, by rules that are data ({@code replies/gmail.txt}, {@code
 * replies/microsoft.txt}).
 */
@NullMarked
package dev.postrider.transport.api.reply;

import org.jspecify.annotations.NullMarked;
