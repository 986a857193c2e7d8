/**
 * Backups, restores and upgrades of the embedded database, killed: each command runs as a process
 * of its own beside a program under load, gets SIGKILL at some or at a chosen moment, and is
 * repeated. What it leaves must be nothing, or refused in words, or finished by the repeat. In the
 * end each email that was accepted before the backup is looked for in what was restored.
 */
@NullMarked
package dev.postrider.lab.backup;

import org.jspecify.annotations.NullMarked;
