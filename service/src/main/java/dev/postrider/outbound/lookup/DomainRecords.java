package dev.postrider.outbound.lookup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/** Asks the system's name servers for records other than addresses. */
public interface DomainRecords {

    /**
     * The texts of all records of a type, in lower case.
     *
     * @param workspace on whose word
     * @param type {@code SRV} or {@code MX}
     * @return empty when no name server answers in time
     */
    Optional<List<String>> of(UUID workspace, String name, String type) throws InterruptedException;

    /** By the JDK's own client, which blocks its thread. */
    static DomainRecords bySystem(Duration patience) {
        var threads = new LookupThreads(NameLookup.AT_ONCE);
        return (workspace, name, type) ->
                threads.ask(workspace, name, () -> ask(name, type, patience), patience);
    }

    // JNDI takes a Hashtable; its DNS provider gives texts, and never deserializes objects
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static List<String> ask(String name, String type, Duration patience)
            throws NamingException {
        var settings = new Hashtable<String, String>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put("com.sun.jndi.dns.timeout.initial", Long.toString(patience.toMillis() / 4));
        settings.put("com.sun.jndi.dns.timeout.retries", "2");
        var context = new InitialDirContext(settings);
        try {
            var found = context.getAttributes(name + ".", new String[] {type}).get(type);
            var texts = new ArrayList<String>();
            for (var i = 0; found != null && i < found.size(); i++) {
                texts.add(String.valueOf(found.get(i)).toLowerCase(Locale.ROOT));
            }
            return texts;
        } catch (NameNotFoundException _) {
            return List.of();
        } finally {
            context.close();
        }
    }
}
