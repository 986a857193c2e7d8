/** {@code /workspace}. */
@NullMarked
package dev.postrider.identity.workspace.http;

import org.jspecify.annotations.NullMarked;
