package dev.postrider.lab.failover;

import java.nio.file.Path;

/**
 * What Patroni is told, as docs/high-availability.md has it.
 *
 * @param binaries PostgreSQL's
 * @param etcd the port of its clients
 * @param api by which Patroni asks it
 * @param isStrict whether nothing is committed without a standby
 */
record PatroniSettings(Path binaries, int etcd, EtcdApi api, boolean isStrict, ServerLogin login) {

    String text(String name, Path folder, int port, int apiPort) {
        return """
        scope: lab
        name: %1$s
        restapi:
          listen: 127.0.0.1:%4$d
          connect_address: 127.0.0.1:%4$d
        %11$s:
          hosts: 127.0.0.1:%5$d
        bootstrap:
          dcs:
            ttl: 20
            loop_wait: 5
            retry_timeout: 5
            maximum_lag_on_failover: 1048576
            synchronous_mode: true
            synchronous_mode_strict: %6$b
            postgresql:
              use_pg_rewind: true
              parameters:
                max_connections: 100
                wal_log_hints: 'on'
                wal_sender_timeout: 10s
          initdb:
            - encoding: UTF8
            - locale: C
        postgresql:
          listen: 127.0.0.1:%3$d
          connect_address: 127.0.0.1:%3$d
          data_dir: %2$s/data
          bin_dir: %7$s
          pgpass: %2$s/pgpass
          authentication:
            superuser: {username: %8$s, password: %10$s}
            replication: {username: %9$s, password: %10$s}
          parameters:
            unix_socket_directories: ''
          pg_hba:
            - host all all 127.0.0.1/32 scram-sha-256
            - host replication %9$s 127.0.0.1/32 scram-sha-256
        """
                .formatted(
                        name,
                        folder,
                        port,
                        apiPort,
                        etcd,
                        isStrict,
                        binaries,
                        ServerLogin.SUPERUSER,
                        ServerLogin.REPLICATION,
                        login.password(),
                        api.section());
    }
}
