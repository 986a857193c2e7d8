package dev.postrider.architecture.twin.smtp;

import org.jboss.logging.Logger;

/** An SMTP client that needs a library. */
record NeedsALibrary(Logger logger) {}
