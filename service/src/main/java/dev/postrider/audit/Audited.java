package dev.postrider.audit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation that is written to the audit log before it begins, and what became of it
 * after. An operation that changes something, or hands content out, and isn't marked fails a test,
 * unless it says {@link NotAudited}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Audited {
    /** What is done, a noun and a verb: {@code mailbox.removed}. */
    String value();
}
