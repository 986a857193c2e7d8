package dev.postrider.lab.failover;

import dev.postrider.lab.crash.CrashLab;

/**
 * How to run.
 *
 * @param common the rounds, in each of which each fault is made once; the seed; the faults' names
 * @param servers how many PostgreSQL there are
 * @param isStrict whether nothing is committed without a standby
 */
record FailoverOptions(
        CrashLab.Options common, Route route, int servers, EtcdApi etcd, boolean isStrict) {

    String text() {
        return "seed %d, through %s, %d servers, %s%s"
                .formatted(
                        common.seed(),
                        route.text(),
                        servers,
                        etcd.section(),
                        isStrict ? ", strict" : "");
    }
}
