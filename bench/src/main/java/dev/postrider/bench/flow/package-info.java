/**
 * The whole way of a message, HTTP in to sink out, everything durable, on one machine: the packaged
 * program with its own database, a load generator and a sink that cost as little as possible. Each
 * scenario has a program, a data folder and a sink of its own.
 */
@NullMarked
package dev.postrider.bench.flow;

import org.jspecify.annotations.NullMarked;
