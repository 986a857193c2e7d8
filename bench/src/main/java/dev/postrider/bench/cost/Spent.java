package dev.postrider.bench.cost;

/**
 * Processor time that was spent, and memory that is held.
 *
 * @param count emails, or 0 while nothing happened
 * @param sender microseconds of whoever sends
 * @param database microseconds of its database; NaN when it has none
 * @param senderMegabytes resident
 * @param databaseMegabytes of all its processes, what they share counted once; NaN without
 */
record Spent(
        String title,
        long count,
        double seconds,
        double sender,
        double database,
        double senderMegabytes,
        double databaseMegabytes) {

    double senderMicrosEach() {
        return sender / count;
    }

    double databaseMicrosEach() {
        return database / count;
    }

    double perSecond() {
        return count / seconds;
    }

    /** Seconds of processor time in an hour like this one, of both. */
    double secondsAnHour() {
        return (sender + (Double.isNaN(database) ? 0 : database)) / 1e6 / seconds * 3_600;
    }

    /** Milliseconds of processor time a day and mailbox, for so many more than the other has. */
    double millisADay(Spent without, int mailboxes) {
        return (secondsAnHour() - without.secondsAnHour()) * 24 * 1_000 / mailboxes;
    }
}
