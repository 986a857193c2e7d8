package dev.postrider.flow.store.find;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.connection.DatabaseUrl;
import java.io.OutputStream;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** A program of its own, for its heap: six look at one email, and take all of its octets. */
final class PollAtOnce {
    private PollAtOnce() {}

    public static void main(String[] of) throws Exception {
        var url = new DatabaseUrl(of[0], Integer.parseInt(of[1]), of[2], of[3], of[4], "");
        var email = new EmailKey(UUID.fromString(of[5]), UUID.fromString(of[6]));
        try (var database = Database.at(url);
                var threads = Executors.newFixedThreadPool(6)) {
            var emails = new Emails(database, new StoredContents(database));
            Callable<Long> look =
                    () -> {
                        var found = emails.find(LargeEmail.scope(email), email.id()).orElseThrow();
                        if (found.content().text().isEmpty()) {
                            throw new IllegalStateException("its text wasn't read");
                        }
                        var message =
                                emails.message(LargeEmail.scope(email), email.id()).orElseThrow();
                        try (var in = message.open()) {
                            return in.transferTo(OutputStream.nullOutputStream());
                        }
                    };
            for (var read : threads.invokeAll(Collections.nCopies(6, look))) {
                if (read.get() < LargeEmail.ATTACHMENT_OCTETS) {
                    throw new IllegalStateException("not all was read");
                }
            }
        }
        System.out.println("six have read it");
    }
}
