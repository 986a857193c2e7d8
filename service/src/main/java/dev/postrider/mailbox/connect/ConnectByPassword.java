package dev.postrider.mailbox.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.Credential;
import dev.postrider.http.Fields;
import dev.postrider.http.Problem;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.MalformedAddress;
import dev.postrider.transport.Kinds;
import dev.postrider.transport.Transport;
import dev.postrider.transport.TransportSetup;
import dev.postrider.transport.Verification;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * Connects a mailbox by an address and a password, at the server that its domain names or that its
 * user gives: after a login there, while the user waits. Safe for concurrent use.
 */
@Singleton
public final class ConnectByPassword {
    /** Each waits for a server of the user's choice, half a minute at most. */
    private static final int AT_ONCE = 32;

    private static final Pattern PORT = Pattern.compile("[0-9]{1,9}");

    private final ConnectVisits visits;
    private final KeepMailbox keep;
    private final Kinds kinds;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    ConnectByPassword(ConnectVisits visits, KeepMailbox keep, Kinds kinds) {
        this.visits = visits;
        this.keep = keep;
        this.kinds = kinds;
    }

    /**
     * What the user has filled in.
     *
     * @param fields address, password, username, host, port, tls; without those that are empty
     * @param from where the request came from
     */
    public record Form(Map<String, String> fields, String from) {
        public Form {
            fields = Map.copyOf(fields);
        }

        /** It has a password in it. */
        @Override
        public String toString() {
            return "(form)";
        }
    }

    /** What became of it. */
    public sealed interface Result {
        record Connected(Mailbox mailbox) implements Result {}

        /**
         * The form isn't right yet.
         *
         * @param failure empty when it is a slip of the user's
         */
        record BadFields(List<Problem.FieldError> errors, Optional<ConnectFailure> failure)
                implements Result {
            public BadFields {
                errors = List.copyOf(errors);
            }
        }

        /**
         * The server doesn't let the mailbox send.
         *
         * @param words what it or the network said
         */
        record NotWorking(ConnectFailure failure, String code, String words) implements Result {}

        record Failed(ConnectFailure failure) implements Result {}

        /** Too many tries before: nothing was looked at. */
        record Paused(Duration pause) implements Result {}

        /** Too many are being tested. */
        record Busy() implements Result {}

        /** The link is good for nothing any more, or another browser's. */
        record Closed() implements Result {}
    }

    public Result connect(ConnectVisit visit, Form form) throws InterruptedException {
        if (!visit.options().contains(new ConnectOption.Password()) || !visits.begin(visit)) {
            return new Result.Closed();
        }
        if (!turns.tryAcquire()) {
            return new Result.Busy();
        }
        try {
            var pause = visits.countTry(visit);
            if (pause.isPresent()) {
                return new Result.Paused(pause.get());
            }
            var result = attempt(visit, form);
            failure(result).ifPresent(failure -> visits.fail(visit, failure, Optional.empty()));
            return result;
        } finally {
            turns.release();
        }
    }

    private static Optional<ConnectFailure> failure(Result result) {
        return switch (result) {
            case Result.BadFields(_, var failure) -> failure;
            case Result.NotWorking(var failure, _, _) -> Optional.of(failure);
            case Result.Failed(var failure) -> Optional.of(failure);
            case Result.Connected _, Result.Paused _, Result.Busy _, Result.Closed _ ->
                    Optional.empty();
        };
    }

    private Result attempt(ConnectVisit visit, Form form) throws InterruptedException {
        var fields = new Fields(json(form));
        var address = address(fields, visit);
        if (!form.fields().containsKey("password")) {
            fields.error("password", "is missing");
        }
        if (!fields.areValid()) {
            return new Result.BadFields(fields.errors(), Optional.empty());
        }
        var setup = setup(visit, fields.object(ConnectOption.SMTP), address);
        if (!fields.areValid()) {
            var isUnknown =
                    !form.fields().containsKey("host")
                            && fields.errors().stream()
                                    .anyMatch(error -> error.field().equals("smtp.host"));
            return new Result.BadFields(
                    fields.errors(),
                    isUnknown ? Optional.of(ConnectFailure.SERVER_NOT_FOUND) : Optional.empty());
        }
        // what isn't stored yet goes by its link's id
        var key = new Transport.MailboxKey(visit.link().workspaceId(), visit.link().id());
        var credential = setup.secret().map(secret -> new Credential(secret, 0));
        return switch (setup.transport().verify(key, credential)) {
            case Verification.Works _ -> keep(visit, address, setup, form.from());
            case Verification.Fails(var code, var problem, var hold) ->
                    new Result.NotWorking(
                            hold.isPresent()
                                    ? ConnectFailure.LOGIN_REFUSED
                                    : ConnectFailure.SERVER_UNUSABLE,
                            code,
                            problem);
        };
    }

    /** The settings of a mailbox that has a server stay, where nothing else is said. */
    private TransportSetup setup(ConnectVisit visit, Fields smtp, String address)
            throws InterruptedException {
        var before =
                visit.mailbox().filter(box -> box.transport().kind().equals(ConnectOption.SMTP));
        var workspace = visit.link().workspaceId();
        return before.isPresent()
                ? before.get().transport().change(workspace, smtp, address)
                : kinds.named(ConnectOption.SMTP).orElseThrow().connect(workspace, smtp, address);
    }

    private Result keep(ConnectVisit visit, String address, TransportSetup setup, String from) {
        return switch (keep.keep(
                visit,
                new KeepMailbox.Works(
                        address,
                        setup.transport(),
                        setup.secret(),
                        from,
                        (_, _, _) -> Optional.empty()))) {
            case KeepMailbox.Kept.Done(var mailbox) -> new Result.Connected(mailbox);
            case KeepMailbox.Kept.Failed(var failure) -> new Result.Failed(failure);
            case KeepMailbox.Kept.Closed _ -> new Result.Closed();
        };
    }

    /** As requests of the API have it, so that all is checked as there. */
    private static ObjectNode json(Form form) {
        var json = JsonNodeFactory.instance.objectNode();
        var smtp = JsonNodeFactory.instance.objectNode();
        form.fields()
                .forEach((name, value) -> {
                    switch (name) {
                        case "address" -> json.put(name, value.strip());
                        case "password", "tls" -> smtp.put(name, value);
                        case "username", "host" -> smtp.put(name, value.strip());
                        case "port" -> {
                            if (PORT.matcher(value.strip()).matches()) {
                                smtp.put(name, Integer.parseInt(value.strip()));
                            } else {
                                smtp.put(name, value);
                            }
                        }
                        case String _ -> {
                            // not asked for
                        }
                    }
                });
        json.set(ConnectOption.SMTP, smtp);
        return json;
    }

    private static String address(Fields fields, ConnectVisit visit) {
        var text = fields.text("address", 320);
        if (!fields.areValid()) {
            return "";
        }
        return switch (Address.parse(text)) {
            case Address(var name, _, _) when !name.isEmpty() -> {
                fields.error("address", "must be the address alone");
                yield "";
            }
            case Address address -> {
                var spec = address.addrSpec();
                if (visit.address().filter(only -> !only.equalsIgnoreCase(spec)).isPresent()) {
                    fields.error("address", "is not the one that this link is for");
                }
                yield visit.address().filter(spec::equalsIgnoreCase).orElse(spec);
            }
            case MalformedAddress(var reason) -> {
                fields.error("address", reason);
                yield "";
            }
        };
    }
}
