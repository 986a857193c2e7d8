package dev.postrider.lab.failover;

/**
 * By which API Patroni asks etcd. With the third, Patroni before 3.1 lets a primary that was
 * stopped take the leader's key back from the one that has taken over, and what that one had
 * committed is lost (github.com/patroni/patroni, pull requests 2689 and 2783).
 */
enum EtcdApi {
    V2("etcd"),
    V3("etcd3");

    private final String section;

    EtcdApi(String section) {
        this.section = section;
    }

    /** Of Patroni's settings. */
    String section() {
        return section;
    }
}
