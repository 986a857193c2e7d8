/**
 * Each statement of the program: prepared against the migrated schema, with the types that its
 * parameters have, and planned for a million emails. A statement is found in the sources, as a text
 * block. What has no index, or another plan in a young database, fails here.
 */
@NullMarked
package dev.postrider.postgres.statement;

import org.jspecify.annotations.NullMarked;
