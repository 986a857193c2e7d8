package dev.postrider.identity.issuer;

import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.identity.TokenCheck;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.UserTable;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.GroupRead;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Who somebody is here whom another issuer's token names. */
@Singleton
public final class ExternalUsers {
    private static final int MAX_BATCH = 500;
    private static final int READERS = 2;

    private final Issuers issuers;
    private final Database database;
    private final GroupRead<SubjectTable.Key, SubjectTable.Known> known;

    public ExternalUsers(Issuers issuers, Database database) {
        this.issuers = issuers;
        this.database = database;
        this.known =
                new GroupRead<>(
                        MAX_BATCH,
                        READERS,
                        keys -> database.read(handle -> SubjectTable.find(handle, keys)));
    }

    public TokenCheck check(String token) {
        return switch (issuers.check(token)) {
            case IssuerTokenCheck.Good(var subject) -> caller(subject);
            case IssuerTokenCheck.Bad(var reason) -> new TokenCheck.Bad(reason);
            case IssuerTokenCheck.Foreign _ ->
                    new TokenCheck.Bad(
                            "The token is not one that this server accepts: access tokens of POST"
                                    + " /token begin with pra_, API keys with pr_ or re_.");
            case IssuerTokenCheck.Unavailable(var reason) -> new TokenCheck.Unavailable(reason);
        };
    }

    private TokenCheck caller(Subject subject) {
        return switch (admit(subject)) {
            case Admitted.Known(var caller) -> new TokenCheck.Good(caller);
            case Admitted.Stranger _ ->
                    new TokenCheck.Bad(
                            "The token is valid, but its subject is not a user here: ask an admin.");
            case Admitted.Deactivated _ ->
                    new TokenCheck.Bad("The user of this token is deactivated.");
            case Admitted.Elsewhere _ ->
                    new TokenCheck.Bad(
                            "The token names a workspace that its user doesn't belong to.");
        };
    }

    /** Who a subject is here. */
    sealed interface Admitted {
        record Known(Caller caller) implements Admitted {}

        /** No user, and none that may be made. */
        record Stranger() implements Admitted {}

        record Deactivated(Caller caller) implements Admitted {}

        /** Of another workspace than the one that the issuer names. */
        record Elsewhere() implements Admitted {}
    }

    Admitted admit(Subject subject) {
        var key = new SubjectTable.Key(subject.issuer().name(), subject.name());
        return known.find(key)
                .or(() -> welcome(subject, key))
                .map(user -> admit(subject, user))
                .orElseGet(Admitted.Stranger::new);
    }

    /** Each token is read anew: what its issuer says now is what counts. */
    private Admitted admit(Subject subject, SubjectTable.Known user) {
        if (!user.isActive()) {
            return new Admitted.Deactivated(user.caller());
        }
        if (subject.issuer().admission().workspaceClaim().isPresent()
                && !user.externalWorkspace().equals(subject.workspace())) {
            return new Admitted.Elsewhere();
        }
        var caller = user.caller();
        if (subject.issuer().admission().roleClaim().isEmpty()) {
            return new Admitted.Known(caller);
        }
        var role = role(subject);
        if (role != caller.role()) {
            database.inTransaction(handle -> SubjectTable.setRole(handle, caller, role));
        }
        return new Admitted.Known(
                new Caller(caller.workspaceId(), caller.userId(), caller.email(), role));
    }

    /** The highest of the roles that the issuer's words mean. */
    private static Role role(Subject subject) {
        return subject.roles().stream()
                .map(subject.issuer().admission().roles()::get)
                .flatMap(code -> Optional.ofNullable(code).stream())
                .map(Role::of)
                .min(Role::compareTo)
                .orElse(Role.MEMBER);
    }

    private Optional<SubjectTable.Known> welcome(Subject subject, SubjectTable.Key key) {
        var admission = subject.issuer().admission();
        if (admission.workspaceClaim().isPresent() && subject.workspace().isEmpty()) {
            return Optional.empty();
        }
        return database.inTransaction(handle -> {
            workspace(handle, subject).ifPresent(workspace -> join(handle, subject, workspace));
            return Optional.ofNullable(SubjectTable.find(handle, Set.of(key)).get(key));
        });
    }

    private static Optional<UUID> workspace(Handle handle, Subject subject) {
        var admission = subject.issuer().admission();
        return admission.workspaceClaim().isEmpty()
                ? Optional.of(FirstUser.FIRST_WORKSPACE)
                : SubjectTable.workspace(
                        handle, subject.workspace().orElseThrow(), admission.createUsers());
    }

    private static void join(Handle handle, Subject subject, UUID workspace) {
        var admission = subject.issuer().admission();
        var key = new SubjectTable.Key(subject.issuer().name(), subject.name());
        var email = email(subject);
        var isLinked =
                admission.linkByEmail()
                        && subject.emailIsVerified()
                        && SubjectTable.link(handle, key, workspace, email);
        if (isLinked || !admission.createUsers() || UserTable.isFull(handle, workspace)) {
            return;
        }
        SubjectTable.create(handle, key, workspace, email, firstRole(handle, subject, workspace))
                .ifPresent(user ->
                        AuditLog.addDone(
                                handle,
                                new Actor(
                                        workspace,
                                        Optional.empty(),
                                        subject.issuer().name(),
                                        Optional.empty()),
                                "user.created",
                                new AuditLog.Subject("user", Optional.of(user), email)));
    }

    /** Where the issuer says nothing of roles, a new workspace's first user owns it. */
    private static Role firstRole(Handle handle, Subject subject, UUID workspace) {
        if (subject.issuer().admission().roleClaim().isPresent()) {
            return role(subject);
        }
        return UserTable.lockOwners(handle, workspace).isEmpty() ? Role.OWNER : Role.MEMBER;
    }

    /** Who has none is named by their issuer. */
    private static String email(Subject subject) {
        return subject.email()
                .filter(email -> User.isEmail(email))
                .orElseGet(() ->
                        (subject.name() + "@" + URI.create(subject.issuer().name()).getHost())
                                .toLowerCase(Locale.ROOT));
    }
}
