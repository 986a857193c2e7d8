package dev.postrider.mime.compose;

/**
 * A calendar invitation, or an answer to one (iTIP by email, RFC 6047): it becomes an alternative
 * of the text, where calendar programs look for it.
 *
 * @param method the iTIP method, for example {@code REQUEST} or {@code CANCEL}; it must be the
 *     {@code METHOD} that the iCalendar text says
 * @param ics the iCalendar text (RFC 5545)
 * @param attached whether to add it as the file {@code invite.ics} too, for readers that don't know
 *     invitations
 */
public record Invitation(String method, String ics, boolean attached) {}
