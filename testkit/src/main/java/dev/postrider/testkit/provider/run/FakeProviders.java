package dev.postrider.testkit.provider.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import java.io.IOException;

/** Google and Microsoft by one clock. */
public record FakeProviders(SettableClock clock, FakeGoogle google, FakeMicrosoft microsoft)
        implements AutoCloseable {

    public static FakeProviders start() throws IOException {
        return start(0, 0);
    }

    /** On these ports; 0 for any. */
    public static FakeProviders start(int googlePort, int microsoftPort) throws IOException {
        var clock = new SettableClock();
        var google = FakeGoogle.start(clock, googlePort, null);
        try {
            return new FakeProviders(
                    clock, google, FakeMicrosoft.start(clock, microsoftPort, null));
        } catch (IOException e) {
            google.close();
            throw e;
        }
    }

    /** For the product's file of providers, with an app at each. */
    public String providersFile() {
        ObjectNode file = Json.object();
        file.putArray("google").add(google.entry(google.base()));
        file.putArray("microsoft").add(microsoft.entry(microsoft.base(), "common"));
        return file.toString();
    }

    @Override
    public void close() {
        google.close();
        microsoft.close();
    }
}
