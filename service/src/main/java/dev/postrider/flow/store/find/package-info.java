/**
 * Reads emails, one or a page, with their recipients, attempts and content, for those who may see
 * them: each statement names the workspace and what of it the reader sees.
 */
@NullMarked
package dev.postrider.flow.store.find;

import org.jspecify.annotations.NullMarked;
