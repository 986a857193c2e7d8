package dev.postrider.flow.direct;

import dev.postrider.email.DueEmail;
import dev.postrider.flow.store.enqueue.Begin;

/**
 * Leave to commit one email as begun. Ended once, by one of its three methods: its lane is not
 * given back before.
 */
public interface Admission {
    /** What marks it begun. */
    Begin begin();

    /** It is committed and begun. */
    void send(DueEmail email);

    /** It isn't begun. */
    void cancel();

    /** Nobody knows whether it was committed: it is looked for before its lane goes on. */
    void lost();
}
