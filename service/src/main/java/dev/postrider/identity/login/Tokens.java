package dev.postrider.identity.login;

/** What a client gets for a login or a refresh. */
public record Tokens(String accessToken, RefreshToken refreshToken) {
    @Override
    public String toString() {
        return "(tokens)";
    }
}
