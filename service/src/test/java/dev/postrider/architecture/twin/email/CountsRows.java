package dev.postrider.architecture.twin.email;

/** Somebody other than the store who reads emails' rows. */
final class CountsRows {
    static final String SQL =
            """
            select count(*)
            from recipient
            where workspace_id = :workspace
            """;

    private CountsRows() {}

    static int length() {
        return SQL.length();
    }
}
