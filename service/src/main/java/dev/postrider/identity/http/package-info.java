/**
 * The gate of the HTTP API: reads the bearer token of each request, refuses it or hands its caller
 * on, and tells where a request comes from. Holds no rule of who may do what beyond the marks on
 * operations.
 */
@NullMarked
package dev.postrider.identity.http;

import org.jspecify.annotations.NullMarked;
