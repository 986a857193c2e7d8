package dev.postrider.identity.login.http;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes {@code POST /token/revoke}'s form; {@link Form} reads it. */
@Schema(name = "RevocationRequest")
record RevocationRequest(@Schema(required = true) String token) {}
