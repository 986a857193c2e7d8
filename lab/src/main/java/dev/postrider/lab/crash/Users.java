package dev.postrider.lab.crash;

import dev.postrider.lab.program.Api;
import dev.postrider.lab.program.CopyUsers;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Users with a mailbox each, and their tokens. */
final class Users {
    static final String FIRST = "lab0@example.com";
    static final String PASSWORD = "a password for the lab";

    private final int count;
    private final Map<Integer, String> tokens = new ConcurrentHashMap<>();

    private Users(int count) {
        this.count = count;
    }

    static Users create(int count, OwnPostgres postgres, Node node, int smtpPort)
            throws IOException, InterruptedException, SQLException {
        var users = new Users(count);
        for (var user = 0; user < count; user++) {
            if (user > 0) {
                try (var connection = postgres.connect()) {
                    CopyUsers.copy(connection, FIRST, address(user));
                }
            }
            var _ = users.api(user, node.port()).connectMailbox(address(user), smtpPort);
        }
        return users;
    }

    int count() {
        return count;
    }

    static String address(int user) {
        return "lab" + user + "@example.com";
    }

    Api api(int user, int port) throws IOException, InterruptedException {
        var token = tokens.get(user);
        if (token == null) {
            token = Api.logIn(port, address(user), PASSWORD).token();
            tokens.put(user, token);
        }
        return new Api(port, token);
    }

    /** It has expired. */
    void forgetToken(int user) {
        tokens.remove(user);
    }
}
