package dev.postrider.bench.console;

import dev.postrider.bench.rig.Percentiles;

/**
 * What a kind of question came to.
 *
 * @param scans sequential ones of the tables of emails
 */
record Asked(
        Question question,
        Percentiles times,
        double programMicros,
        double databaseMicros,
        double scans) {
    double programMicrosEach() {
        return programMicros / times.count();
    }

    double databaseMicrosEach() {
        return databaseMicros / times.count();
    }
}
