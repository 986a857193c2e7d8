package dev.postrider.credential.provider;

/** Is told how the token endpoint takes the operator's apps, whoever asks it for whatever. */
public interface AppWatch {
    /** Nobody is told. */
    AppWatch NONE =
            new AppWatch() {
                @Override
                public void refused(ProviderApp app, boolean isForAll, String problem) {}

                @Override
                public void accepted(ProviderApp app) {}
            };

    /**
     * The app is refused.
     *
     * @param isForAll whether it would be for every mailbox; else it may be this request's alone
     * @param problem for the operator
     */
    void refused(ProviderApp app, boolean isForAll, String problem);

    /** The app is known, whatever was answered then. */
    void accepted(ProviderApp app);
}
