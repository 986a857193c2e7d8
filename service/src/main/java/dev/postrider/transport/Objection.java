package dev.postrider.transport;

/**
 * Why a message can't be sent by a kind of transport.
 *
 * @param field of the request, that would have to be another
 * @param reason to be read behind the field's name
 */
public record Objection(String field, String reason) {}
