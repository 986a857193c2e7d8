/** What stands for a class of JDBI's. */
@NullMarked
package org.jdbi.v3.core.statement.internal;

import org.jspecify.annotations.NullMarked;
