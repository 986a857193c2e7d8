package dev.postrider.testkit.provider.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What shall go wrong where: for each endpoint faults that each meet one request, in their order,
 * then those that meet all. Safe for concurrent use; its own lock guards it.
 */
public final class FaultScript {

    /** A fault that waits for its request. */
    public record Armed(Endpoint endpoint, Predicate<Request> of, boolean once, Fault fault) {
        private boolean meets(Endpoint other, Request request) {
            return endpoint.equals(other) && of.test(request);
        }
    }

    private final List<Armed> armed = new ArrayList<>();

    /** The next requests meet these, one each. */
    public void next(Endpoint endpoint, Fault... faults) {
        next(endpoint, any -> true, faults);
    }

    /** The next requests of this kind; their bodies aren't read yet. */
    public synchronized void next(Endpoint endpoint, Predicate<Request> of, Fault... faults) {
        for (Fault fault : faults) {
            armed.add(new Armed(endpoint, of, true, fault));
        }
    }

    /** All requests, until it is cleared. */
    public void always(Endpoint endpoint, Fault fault) {
        always(endpoint, any -> true, fault);
    }

    public synchronized void always(Endpoint endpoint, Predicate<Request> of, Fault fault) {
        armed.add(new Armed(endpoint, of, false, fault));
    }

    public synchronized void clear(Endpoint endpoint) {
        armed.removeIf(each -> each.endpoint().equals(endpoint));
    }

    public synchronized void clear() {
        armed.clear();
    }

    /** What has not met a request yet. */
    public synchronized List<Armed> armed() {
        return List.copyOf(armed);
    }

    synchronized Fault take(Endpoint endpoint, Request request) {
        for (Iterator<Armed> each = armed.iterator(); each.hasNext(); ) {
            Armed one = each.next();
            if (one.once() && one.meets(endpoint, request)) {
                each.remove();
                return one.fault();
            }
        }
        return armed.stream()
                .filter(one -> one.meets(endpoint, request))
                .map(Armed::fault)
                .findFirst()
                .orElseGet(Fault.Pass::new);
    }
}
