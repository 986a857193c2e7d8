/**
 * What it costs to run the program: processor time and memory by email, by mailbox and day, and by
 * hour in which nothing happens, of the program and its PostgreSQL, beside a loop of nodemailer's
 * and a Postfix where these could be measured. What can't be told here the page says in words.
 */
@NullMarked
package dev.postrider.bench.cost;

import org.jspecify.annotations.NullMarked;
