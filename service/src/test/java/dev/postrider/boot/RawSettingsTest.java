package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The configuration takes a dollar sign for the beginning of an expression; settings don't. */
final class RawSettingsTest {
    @Test
    void aSettingIsReadAsItIs() {
        var password = "pa$${x}ss ${HOME}";
        var config =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(
                                new PropertiesConfigSource(
                                        Map.of(
                                                "POSTRIDER_ADMIN_EMAIL",
                                                "a@example.com",
                                                "POSTRIDER_ADMIN_PASSWORD",
                                                password),
                                        "test",
                                        500))
                        .build();
        assertThat(new ProvideSettings(config).settings().adminPassword())
                .contains(new Settings.Secret(password));
    }
}
