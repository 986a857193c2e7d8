package dev.postrider.transport.api;

import dev.postrider.testkit.provider.Accepted;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.transport.Kind;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;

/** A provider that is played, with what differs from one to the next in the transports' tests. */
public interface PlayedProvider {
    /** The kind of its mailboxes. */
    String kind();

    Kind transport(ApiDependencies.Shared shared);

    /** Scheme, host and port of its API. */
    String base();

    /** Its servers for large files. */
    Set<URI> uploads();

    /** An access token of Ann's with these scopes, as a grant names them. */
    String token(Set<String> scopes);

    /** The scopes with which others send from her mailbox. */
    Set<String> sendOnly();

    /** A message that somebody else sends from her mailbox. */
    HttpRequest.Builder sendElsewhere(byte[] message);

    /** Without faults and without limits that no test here wants to meet. */
    void reset();

    /** Where small messages are sent. */
    Endpoint sending();

    FaultScript faults();

    Accepted accepted();

    SettableClock clock();

    /** Ann's, in the order in which they were accepted. */
    List<StoredMessage> sent();
}
