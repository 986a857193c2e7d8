/** The program under trouble: each lab is one argument of {@link dev.postrider.lab.Lab}. */
@NullMarked
package dev.postrider.lab;

import org.jspecify.annotations.NullMarked;
