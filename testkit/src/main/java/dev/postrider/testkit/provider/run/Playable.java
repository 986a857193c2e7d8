package dev.postrider.testkit.provider.run;

import dev.postrider.testkit.provider.http.CallLog;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.util.List;
import java.util.Map;

/** What the page can do with a provider. Names that it doesn't have are ignored. */
interface Playable {
    /** In paths and forms. */
    String name();

    String base();

    List<String> accounts();

    void addAccount(String address);

    List<StoredMessage> sent(String address);

    List<StoredMessage> inbox(String address);

    /** The user removes the app's access. */
    void removeAccess(String address);

    void expireAccessTokens(String address);

    List<String> redirectUris();

    void addRedirectUri(String uri);

    List<? extends Endpoint> endpoints();

    /** Its own errors by name. */
    Map<String, Fault> errors();

    FaultScript faults();

    CallLog calls();

    Map<String, Boolean> switches();

    void turn(String name, boolean on);

    Map<String, Long> limits();

    void limit(String name, long value);
}
