/**
 * How the installation is doing, for those who run it: what needs them first, then nodes, queues,
 * keys, the database, what is set. The API says who may see it.
 */
@NullMarked
package dev.postrider.door.console.installation;

import org.jspecify.annotations.NullMarked;
