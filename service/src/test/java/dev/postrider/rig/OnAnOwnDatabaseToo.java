package dev.postrider.rig;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * What these tests show may be otherwise on an operator's own PostgreSQL, of another version than
 * the embedded one: {@code ./postrider check} runs them on both. A tag goes along with its class
 * wherever that is moved; a list of names would go on without it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("own-database")
public @interface OnAnOwnDatabaseToo {}
