package dev.postrider.testkit.provider.run;

import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Faults by the names that the page shows. */
final class FaultMenu {
    private FaultMenu() {}

    static Map<String, Fault> of(Playable provider) {
        var menu = new LinkedHashMap<String, Fault>();
        menu.put("accept, then reset", Fault.acceptThenReset());
        menu.put("accept, then 504", Fault.acceptThenAnswer(Response.empty(504)));
        menu.put("accept, half an answer", Fault.halfAnswer());
        menu.put("accept, wrong type", Fault.wrongType("text/plain"));
        menu.put("reset before the body", Fault.resetBeforeBody());
        menu.put("reset after the body", Fault.resetAfterBody());
        menu.put("a second's delay", Fault.delay(Duration.ofSeconds(1)));
        menu.put("half a minute's delay", Fault.delay(Duration.ofSeconds(30)));
        menu.put("HTML 502", Fault.html(502));
        menu.put("HTML 200", Fault.html(200));
        menu.put("a megabyte", Fault.megabyte(200));
        menu.put("as the rules say", new Fault.Pass());
        menu.putAll(provider.errors());
        return menu;
    }
}
