/**
 * Messages that are too large for one request of Microsoft Graph: a draft is made from the composed
 * message, its files are added or uploaded in ranges, and it is sent by a call of its own. In come
 * a message and where its files stand in it, out comes the draft or why there is none. Nothing is
 * held but a piece of a file; what a draft would lose is said before.
 */
@NullMarked
package dev.postrider.transport.graph.draft;

import org.jspecify.annotations.NullMarked;
