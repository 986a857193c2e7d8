/** What every request passes, whatever its operation: slow bodies, odd paths, headers, the log. */
@NullMarked
package dev.postrider.http.filter;

import org.jspecify.annotations.NullMarked;
