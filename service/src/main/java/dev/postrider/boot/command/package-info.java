/**
 * What the program can be told on its command line, by picocli: {@code serve}, and the commands
 * that look after an installation.
 *
 * <p>In come an operator's words and the environment, out go words for a person, or a program that
 * serves. A command is a class here and a line in {@link dev.postrider.boot.command.Commands}; what
 * it can't do is a {@link dev.postrider.boot.CannotStart}, one line, and ends with status 78.
 */
@NullMarked
package dev.postrider.boot.command;

import org.jspecify.annotations.NullMarked;
