package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;

import dev.postrider.http.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** An SDK that applications have already, as it is on npm, works when its base URL is ours. */
@QuarkusTest
class SdkContractTest {
    @Test
    void theSdkFromNpmFindsWhatItKnows() throws Exception {
        Npm.install();
        try (var emails = new EmailApi("sdk@example.org")) {
            var key = emails.api().post("/api-keys", json("{'name':'sdk'}"));
            var url = ConfigProvider.getConfig().getValue("test.url", String.class);

            Npm.run(
                    Map.of(
                            "RESEND_BASE_URL", url.replaceFirst("/*$", ""),
                            "PUBLIC_URL", Api.publicUrl(),
                            "KEY", key.json().path("token").asText(),
                            "FROM", "sdk@example.org"),
                    "node",
                    "--test",
                    "contract.test.mjs");
        }
    }
}
