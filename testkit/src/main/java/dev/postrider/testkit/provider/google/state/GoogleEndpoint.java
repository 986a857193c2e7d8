package dev.postrider.testkit.provider.google.state;

import dev.postrider.testkit.provider.http.Endpoint;

/** Google's routes, by their real paths, all on one port. */
public enum GoogleEndpoint implements Endpoint {
    AUTHORIZE("GET", "/o/oauth2/v2/auth"),
    /** What the consent page's form posts. */
    DECIDE("POST", "/o/oauth2/v2/auth"),
    TOKEN("POST", "/token"),
    REVOKE("POST", "/revoke"),
    /** OpenID Connect's; {@code /oauth2/v2/userinfo} is the same with other names. */
    USERINFO("GET", "/v1/userinfo"),
    CERTS("GET", "/oauth2/v3/certs"),
    SEND("POST", "/gmail/v1/users/{user}/messages/send"),
    UPLOAD("POST", "/upload/gmail/v1/users/{user}/messages/send"),
    /** Of a resumable upload. */
    UPLOAD_CHUNK("PUT", "/upload/gmail/v1/users/{user}/messages/send"),
    PROFILE("GET", "/gmail/v1/users/{user}/profile"),
    LIST("GET", "/gmail/v1/users/{user}/messages"),
    GET("GET", "/gmail/v1/users/{user}/messages/{id}"),
    SEND_AS("GET", "/gmail/v1/users/{user}/settings/sendAs"),
    DRAFT_CREATE("POST", "/gmail/v1/users/{user}/drafts"),
    DRAFT_LIST("GET", "/gmail/v1/users/{user}/drafts"),
    DRAFT_GET("GET", "/gmail/v1/users/{user}/drafts/{id}"),
    DRAFT_DELETE("DELETE", "/gmail/v1/users/{user}/drafts/{id}"),
    DRAFT_SEND("POST", "/gmail/v1/users/{user}/drafts/send");

    private final String method;
    private final String path;

    GoogleEndpoint(String method, String path) {
        this.method = method;
        this.path = path;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }
}
