package dev.postrider.door.console.overview;

/** The page. */
public record OverviewPage(String email) {}
