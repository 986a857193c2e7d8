package dev.postrider.testkit.provider.run;

import dev.postrider.testkit.provider.http.CallLog;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page's view of Microsoft. */
record PlayMicrosoft(FakeMicrosoft microsoft) implements Playable {
    @Override
    public String name() {
        return "microsoft";
    }

    @Override
    public String base() {
        return microsoft.base();
    }

    @Override
    public List<String> accounts() {
        return microsoft.accounts().stream().map(MicrosoftUser::address).toList();
    }

    @Override
    public void addAccount(String address) {
        microsoft.account(address);
    }

    @Override
    public List<StoredMessage> sent(String address) {
        return microsoft.sent(address);
    }

    @Override
    public List<StoredMessage> inbox(String address) {
        return microsoft.mailboxes().inbox(microsoft.account(address));
    }

    /** With its sessions, as an admin would. */
    @Override
    public void removeAccess(String address) {
        MicrosoftUser user = microsoft.account(address);
        microsoft.grants().removeConsent(user, microsoft.app());
        microsoft.grants().revokeSessions(user);
    }

    @Override
    public void expireAccessTokens(String address) {
        microsoft.grants().expireAccessTokens(microsoft.account(address));
    }

    @Override
    public List<String> redirectUris() {
        return microsoft.app().redirectUris().keySet().stream().sorted().toList();
    }

    @Override
    public void addRedirectUri(String uri) {
        microsoft.app().redirectsTo(uri);
    }

    @Override
    public List<? extends Endpoint> endpoints() {
        return List.of(MicrosoftEndpoint.values());
    }

    @Override
    public Map<String, Fault> errors() {
        var errors = new LinkedHashMap<String, Fault>();
        for (EntraError error : EntraError.values()) {
            errors.put("AADSTS" + error.number(), Fault.answer(error.response()));
        }
        for (GraphError error : GraphError.values()) {
            errors.put("Graph " + error.name(), Fault.answer(error.response()));
        }
        return errors;
    }

    @Override
    public FaultScript faults() {
        return microsoft.faults();
    }

    @Override
    public CallLog calls() {
        return microsoft.calls();
    }

    @Override
    public Map<String, Boolean> switches() {
        var switches = new LinkedHashMap<String, Boolean>();
        microsoft
                .switches()
                .all()
                .forEach(one -> switches.put(one.name(), microsoft.switches().on(one)));
        return switches;
    }

    @Override
    public void turn(String name, boolean on) {
        microsoft.switches().all().stream()
                .filter(one -> one.name().equals(name))
                .forEach((MicrosoftSwitch one) -> microsoft.switches().turn(one, on));
    }

    @Override
    public Map<String, Long> limits() {
        var limits = new LinkedHashMap<String, Long>();
        microsoft
                .limits()
                .all()
                .forEach(one -> limits.put(one.name(), microsoft.limits().get(one)));
        return limits;
    }

    @Override
    public void limit(String name, long value) {
        microsoft.limits().all().stream()
                .filter(one -> one.name().equals(name))
                .forEach((MicrosoftLimit one) -> microsoft.limits().set(one, value));
    }
}
