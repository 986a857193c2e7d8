/**
 * What sending through the APIs of Gmail and Microsoft costs, beside SMTP and beside loops without
 * us: the packaged program with its database, the fakes of both providers and an SMTP sink in a
 * process of their own, each behind a link with delay, all with TLS. Each scenario has a program
 * and servers of its own.
 */
@NullMarked
package dev.postrider.bench.apis;

import org.jspecify.annotations.NullMarked;
