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
        assertThat(settings(password, 300).adminPassword()).contains(new Settings.Secret(password));
    }

    /** Commands and the look at the ports don't read it either. */
    @Test
    void aDotEnvFileIsNotRead() {
        assertThat(settings("from a file", 295).adminPassword()).isEmpty();
    }

    private static Settings settings(String password, int ordinal) {
        var source =
                new PropertiesConfigSource(
                        Map.of("POSTRIDER_ADMIN_PASSWORD", password), "test", ordinal);
        var config =
                new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(source).build();
        return new ProvideSettings(config).settings();
    }
}
