/**
 * Two nodes on one PostgreSQL, a sink and two providers that write down every message, a stream of
 * calls; nodes and the database are killed, nodes are stopped beyond their lease, connections are
 * cut, grants revoked. In the end each accepted email is looked for, and each event. Nothing in
 * here knows the program but for its API, its connect pages and a few columns, which {@code
 * LabDatabase} and {@code MailboxDatabase} read.
 */
@NullMarked
package dev.postrider.lab.crash;

import org.jspecify.annotations.NullMarked;
