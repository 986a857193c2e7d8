package dev.postrider.testkit.provider.run;

import dev.postrider.testkit.provider.http.Endpoint;

/** The page and its forms; {@code {provider}} is google or microsoft. */
enum ControlEndpoint implements Endpoint {
    PAGE("GET", "/"),
    MAIL("GET", "/{provider}/mail"),
    CLOCK("POST", "/clock"),
    ACCOUNT("POST", "/{provider}/accounts"),
    REMOVE_ACCESS("POST", "/{provider}/remove-access"),
    EXPIRE("POST", "/{provider}/expire-access-tokens"),
    REDIRECT("POST", "/{provider}/redirect-uris"),
    FAULT("POST", "/{provider}/faults"),
    CLEAR("POST", "/{provider}/clear-faults"),
    SWITCH("POST", "/{provider}/switches"),
    LIMIT("POST", "/{provider}/limits");

    private final String method;
    private final String path;

    ControlEndpoint(String method, String path) {
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
