package dev.postrider.identity.user.http;

import dev.postrider.http.PublicUrl;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.UserActivity;
import dev.postrider.identity.user.Users;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Shows users with what is known of them. */
@Singleton
final class DescribeUser {
    private final Users users;
    private final PublicUrl publicUrl;

    DescribeUser(Users users, PublicUrl publicUrl) {
        this.users = users;
        this.publicUrl = publicUrl;
    }

    UserAnswer of(User user) {
        return UserAnswer.of(user, activity(user));
    }

    /** With the ticket that was made, if any. */
    UserAnswer of(Users.Created made) {
        return UserAnswer.of(
                made.user(),
                activity(made.user()),
                made.ticket()
                        .map(ticket -> UserAnswer.TicketAnswer.of(ticket, publicUrl))
                        .orElse(null));
    }

    private Optional<UserActivity> activity(User user) {
        return Optional.ofNullable(
                users.activity(user.workspaceId(), List.of(user)).get(user.id()));
    }
}
