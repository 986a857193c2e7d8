package dev.postrider.bench.flow;

import dev.postrider.lab.program.Api;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Mailboxes at the sink, and the users who send through them: one user for all where a request
 * names its sender, else one each.
 */
record Mailboxes(List<Api> users, List<String> addresses) {

    /** The first user's password is everybody's. */
    private static final String COPY_USER =
            """
            insert into user_account
            select filled.*
            from user_account as first
            cross join jsonb_populate_record(
                first, jsonb_build_object('id', gen_random_uuid(), 'email', cast(? as text))) as filled
            where first.email = ?
            """;

    static Mailboxes connect(Rig rig, int count, Route route)
            throws IOException, InterruptedException, SQLException {
        var users = new ArrayList<Api>();
        var addresses = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            if (i == 0 || !route.namesSender()) {
                users.add(logIn(rig, i));
            }
            var address = "m" + i + "@example.com";
            users.getLast().connectMailbox(address, rig.sink().port());
            addresses.add(address);
        }
        return new Mailboxes(List.copyOf(users), List.copyOf(addresses));
    }

    private static Api logIn(Rig rig, int number)
            throws IOException, InterruptedException, SQLException {
        if (number == 0) {
            return Api.logIn(rig.program().port(), Rig.USER, Rig.PASSWORD);
        }
        var user = "u" + number + "@example.com";
        try (var copy = rig.connection().prepareStatement(COPY_USER)) {
            copy.setString(1, user);
            copy.setString(2, Rig.USER);
            copy.executeUpdate();
        }
        return Api.logIn(rig.program().port(), user, Rig.PASSWORD);
    }

    List<RequestTemplate> requests(Route route) {
        var requests = new ArrayList<RequestTemplate>();
        for (var i = 0; i < addresses.size(); i++) {
            var user = users.get(Math.min(i, users.size() - 1));
            requests.add(new RequestTemplate(route.request(addresses.get(i), user.token())));
        }
        return requests;
    }
}
