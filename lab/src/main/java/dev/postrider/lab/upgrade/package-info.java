/**
 * An upgrade under load, and the way back: two nodes of a version on an operator's own server, and
 * one program on the database in its data folder, are replaced by a newer one with schema changes
 * in two steps, by being asked to end and by being killed. In the end each accepted email is looked
 * for, in the database, in the sink and by the API.
 */
@NullMarked
package dev.postrider.lab.upgrade;

import org.jspecify.annotations.NullMarked;
