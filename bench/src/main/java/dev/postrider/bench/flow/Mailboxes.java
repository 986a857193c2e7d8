package dev.postrider.bench.flow;

import dev.postrider.lab.program.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Mailboxes at the sink, and the user who sends through them.
 *
 * @param addresses the first one's mailbox is the default
 */
record Mailboxes(Api user, List<String> addresses) {
    Mailboxes {
        addresses = List.copyOf(addresses);
    }

    static Mailboxes connect(Rig rig, int count) throws IOException, InterruptedException {
        var user = Api.logIn(rig.program().port(), Rig.USER, Rig.PASSWORD);
        var addresses = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            var address = "m" + i + "@example.com";
            var _ = user.connectMailbox(address, rig.sink().port());
            addresses.add(address);
        }
        return new Mailboxes(user, addresses);
    }

    List<RequestTemplate> requests(Route route) {
        return addresses.stream()
                .map(address -> new RequestTemplate(route.request(address, user.token())))
                .toList();
    }
}
