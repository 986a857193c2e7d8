package dev.postrider.boot;

import dev.postrider.audit.AuditLog;
import dev.postrider.door.api.send.SubmitEmails;
import dev.postrider.door.api.track.Downloads;
import dev.postrider.flow.accept.SendEmail;
import dev.postrider.flow.store.ChangeEmails;
import dev.postrider.flow.store.find.Emails;
import dev.postrider.flow.webhook.Webhooks;
import dev.postrider.identity.Identity;
import dev.postrider.identity.Users;
import dev.postrider.identity.Workspaces;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.spool.Spool;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Hands the running parts to the HTTP resources. */
@Singleton
final class Wiring {
    private final Running running;

    Wiring(Config config) {
        this.running =
                Running.start(Settings.read(name -> config.getOptionalValue(name, String.class)));
    }

    /** Being told of the start is what makes the container build this at the start. */
    void start(@Observes StartupEvent event) {}

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running.close();
    }

    @Produces
    Database database() {
        return running.database();
    }

    @Produces
    Identity identity() {
        return running.identity();
    }

    @Produces
    Users users() {
        return running.users();
    }

    @Produces
    Workspaces workspaces() {
        return running.workspaces();
    }

    @Produces
    AuditLog auditLog() {
        return new AuditLog(running.database());
    }

    @Produces
    Mailboxes mailboxes() {
        return running.mailboxes();
    }

    @Produces
    OutboundGuard guard() {
        return running.guard();
    }

    @Produces
    SendEmail sendEmail() {
        return running.sendEmail();
    }

    @Produces
    Spool octets() {
        return running.octets();
    }

    @Produces
    SubmitEmails submitEmails() {
        return running.submitEmails();
    }

    @Produces
    Emails emails() {
        return running.emails();
    }

    @Produces
    ChangeEmails changeEmails() {
        return running.changeEmails();
    }

    @Produces
    Downloads downloads() {
        return running.downloads();
    }

    @Produces
    Webhooks webhooks() {
        return running.webhooks();
    }
}
