package dev.postrider.door.console.signin;

import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param next where it leads afterwards
 * @param alert why the last try failed
 */
public record SignInPage(String formToken, String next, String email, @Nullable String alert) {}
