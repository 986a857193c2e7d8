package dev.postrider.testkit.provider.microsoft.state;

import dev.postrider.testkit.provider.http.Endpoint;

/**
 * Microsoft's routes, by their real paths. Those of {@code /me} stand for {@code /users/{user}}
 * too.
 */
public enum MicrosoftEndpoint implements Endpoint {
    AUTHORIZE("GET", "/{tenant}/oauth2/v2.0/authorize"),
    /** What the consent page's form posts. */
    DECIDE("POST", "/{tenant}/oauth2/v2.0/authorize"),
    TOKEN("POST", "/{tenant}/oauth2/v2.0/token"),
    KEYS("GET", "/{tenant}/discovery/v2.0/keys"),
    ADMIN_CONSENT("GET", "/{tenant}/v2.0/adminconsent"),
    /** What the page for admins posts. */
    ADMIN_DECIDE("POST", "/{tenant}/v2.0/adminconsent"),
    ME("GET", "/v1.0/me"),
    SEND_MAIL("POST", "/v1.0/me/sendMail"),
    MESSAGE_CREATE("POST", "/v1.0/me/messages"),
    MESSAGE_GET("GET", "/v1.0/me/messages/{id}"),
    MESSAGE_UPDATE("PATCH", "/v1.0/me/messages/{id}"),
    MESSAGE_DELETE("DELETE", "/v1.0/me/messages/{id}"),
    MESSAGE_VALUE("GET", "/v1.0/me/messages/{id}/$value"),
    MESSAGE_SEND("POST", "/v1.0/me/messages/{id}/send"),
    ATTACH("POST", "/v1.0/me/messages/{id}/attachments"),
    ATTACHMENTS("GET", "/v1.0/me/messages/{id}/attachments"),
    UPLOAD_SESSION("POST", "/v1.0/me/messages/{id}/attachments/createUploadSession"),
    FOLDER("GET", "/v1.0/me/mailFolders/{folder}"),
    FOLDER_MESSAGES("GET", "/v1.0/me/mailFolders/{folder}/messages"),
    /** On another port, as the real one is on another host. */
    UPLOAD("PUT", "/api/v2.0/upload/{session}"),
    UPLOAD_STATUS("GET", "/api/v2.0/upload/{session}"),
    UPLOAD_CANCEL("DELETE", "/api/v2.0/upload/{session}");

    private final String method;
    private final String path;

    MicrosoftEndpoint(String method, String path) {
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
