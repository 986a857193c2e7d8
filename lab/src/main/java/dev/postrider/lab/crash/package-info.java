/**
 * Two nodes on one PostgreSQL, a sink that writes down every message, a stream of calls; nodes and
 * the database are killed, nodes are stopped beyond their lease, connections are cut. In the end
 * each accepted email is looked for. Nothing in here knows the program but for its API and a few
 * columns: {@code email.state, message_id, subject, on_unknown, due_at, finished_at} and {@code
 * attempt.outcome}.
 */
@NullMarked
package dev.postrider.lab.crash;

import org.jspecify.annotations.NullMarked;
