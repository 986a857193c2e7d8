/** {@code GET /installation}: how the installation is doing, for those who run it. */
@NullMarked
package dev.postrider.installation.http;

import org.jspecify.annotations.NullMarked;
