package dev.postrider.identity;

/** What a client gets for a login or a refresh. */
record Tokens(String accessToken, RefreshToken refreshToken) {
    @Override
    public String toString() {
        return "(tokens)";
    }
}
