package dev.postrider.email;

import java.time.Duration;

/** How long an email that can't be sent is tried once it is due (POSTRIDER_RETRY_FOR). */
public record GiveUpAfter(Duration duration) {}
