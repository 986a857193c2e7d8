package dev.postrider.credential.provider;

import dev.postrider.credential.provider.settings.ParseProviders;

/** The operator's apps, as a providers' file has them. */
public final class TestProviders {
    private TestProviders() {}

    public static ProviderApps parse(String json) {
        return new ProviderApps(ParseProviders.parse(json));
    }
}
