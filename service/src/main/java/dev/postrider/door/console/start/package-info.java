/**
 * What remains to be done after the program's first start, each step done where it is read. Which
 * of them are done is read from the API with each look; nothing is remembered here.
 */
@NullMarked
package dev.postrider.door.console.start;

import org.jspecify.annotations.NullMarked;
