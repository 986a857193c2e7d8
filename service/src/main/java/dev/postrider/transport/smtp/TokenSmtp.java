package dev.postrider.transport.smtp;

import dev.postrider.credential.grant.AccessTokens;
import dev.postrider.transport.Connections;
import dev.postrider.transport.SendingLimits;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.Verification;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends through a provider's submission server with the access token of a mailbox's grant (XOAUTH2,
 * OAUTHBEARER) in the place of a password.
 */
@Singleton
public final class TokenSmtp {
    private static final int SUBMISSION = 587;

    private final SmtpDependencies tools;
    private final Function<String, SmtpServer> servers;

    @Inject
    public TokenSmtp(SmtpKind smtp) {
        this(smtp, host -> new SmtpServer(host, SUBMISSION, TlsMode.STARTTLS, Optional.empty()));
    }

    /**
     * With servers that a test plays.
     *
     * @param servers by the provider's host
     */
    public TokenSmtp(SmtpKind smtp, Function<String, SmtpServer> servers) {
        this.tools = smtp.tools();
        this.servers = servers;
    }

    /**
     * A mailbox's connections; they outlive the token that they were opened with.
     *
     * @param user the mailbox's address
     */
    public Connections connections(
            MailboxKey mailbox,
            String host,
            String user,
            AccessTokens tokens,
            SendingLimits limits) {
        var login = new TokenLogin(mailbox, user, tokens);
        var server = servers.apply(host);
        return new TokenConnections(
                login,
                new SmtpConnections(
                        tools.reach()
                                .connector(
                                        mailbox.workspaceId(),
                                        server,
                                        new JournalConnections(mailbox.mailboxId())),
                        tools.reach().server(server),
                        login.credentials(),
                        tools.hosts(),
                        limits.connections(),
                        tools.read(),
                        tools.contents()));
    }

    /** What the limits are of that server, for an address. */
    public SendingLimits limits(String host, String address) {
        return tools.providers().limits(host, address.substring(address.lastIndexOf('@') + 1));
    }

    /** Logs in, and sends nothing. */
    public Verification verify(MailboxKey mailbox, String host, String user, AccessTokens tokens) {
        var login = new TokenLogin(mailbox, user, tokens);
        var server = servers.apply(host);
        var missing = login.begin();
        if (missing.isPresent()) {
            return new Verification.Fails(
                    "login_refused", missing.get().detail(), Optional.empty());
        }
        var verify = new VerifyServer(tools.reach(), tools.explain());
        var first =
                verify.verify(
                        mailbox.workspaceId(),
                        server,
                        tools.reach().server(server),
                        login.credentials());
        return first instanceof Verification.Fails(_, _, var hold)
                        && hold.isPresent()
                        && login.renew().isEmpty()
                ? verify.verify(
                        mailbox.workspaceId(),
                        server,
                        tools.reach().server(server),
                        login.credentials())
                : first;
    }
}
