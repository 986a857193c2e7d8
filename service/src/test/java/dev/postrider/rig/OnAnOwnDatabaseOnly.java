package dev.postrider.rig;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * These tests take long, and an operator's own PostgreSQL is the older one: they run there alone.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("own-database")
@Tag("own-database-only")
public @interface OnAnOwnDatabaseOnly {}
