package dev.postrider.bench.emails;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param octets of the attachment, before base64; 0 for a text of 2 KB alone
 * @param clients how many requests are made at once
 */
record Scenario(String title, int octets, int clients) {
    private static final int MEGABYTE = 1_000_000;

    /** How many a second, how long each takes, what each costs. */
    static List<Scenario> ofRates() {
        return Stream.of(1, 16, 128)
                .flatMap(clients ->
                        Stream.of(
                                new Scenario("2 KB", 0, clients),
                                new Scenario("1 MB attachment", MEGABYTE, clients)))
                .sorted((one, other) -> Integer.compare(one.octets(), other.octets()))
                .toList();
    }

    /** What a large one holds in memory. */
    static List<Scenario> ofMemory() {
        return List.of(
                new Scenario("25 MB attachment", 25 * MEGABYTE, 1),
                new Scenario("25 MB attachment", 25 * MEGABYTE, 8));
    }
}
