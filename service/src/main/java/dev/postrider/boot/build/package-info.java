/**
 * What is changed of the framework while the program is built, so that a start does less. Nothing
 * of it runs in the program.
 */
@NullMarked
package dev.postrider.boot.build;

import org.jspecify.annotations.NullMarked;
