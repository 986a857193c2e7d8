package dev.postrider.testkit.provider.run;

import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.CallLog;
import dev.postrider.testkit.provider.http.Endpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.FaultScript;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page's view of Google. */
record PlayGoogle(FakeGoogle google) implements Playable {
    @Override
    public String name() {
        return "google";
    }

    @Override
    public String base() {
        return google.base();
    }

    @Override
    public List<String> accounts() {
        return google.accounts().stream().map(GoogleUser::email).toList();
    }

    @Override
    public void addAccount(String address) {
        google.account(address);
    }

    @Override
    public List<StoredMessage> sent(String address) {
        return google.sent(address);
    }

    @Override
    public List<StoredMessage> inbox(String address) {
        return google.mailboxes().inbox(google.account(address));
    }

    @Override
    public void removeAccess(String address) {
        google.removeAccess(address);
    }

    @Override
    public void expireAccessTokens(String address) {
        google.grants().expireAccessTokens(google.account(address));
    }

    @Override
    public List<String> redirectUris() {
        return google.app().redirectUris().stream().sorted().toList();
    }

    @Override
    public void addRedirectUri(String uri) {
        google.app().redirectsTo(uri);
    }

    @Override
    public List<? extends Endpoint> endpoints() {
        return List.of(GoogleEndpoint.values());
    }

    @Override
    public Map<String, Fault> errors() {
        var errors = new LinkedHashMap<String, Fault>();
        for (GoogleError error : GoogleError.values()) {
            errors.put(error.name(), Fault.answer(error.response()));
        }
        return errors;
    }

    @Override
    public FaultScript faults() {
        return google.faults();
    }

    @Override
    public CallLog calls() {
        return google.calls();
    }

    @Override
    public Map<String, Boolean> switches() {
        var switches = new LinkedHashMap<String, Boolean>();
        google.switches().all().forEach(one -> switches.put(one.name(), google.switches().on(one)));
        return switches;
    }

    @Override
    public void turn(String name, boolean on) {
        google.switches().all().stream()
                .filter(one -> one.name().equals(name))
                .forEach((GoogleSwitch one) -> google.switches().turn(one, on));
    }

    @Override
    public Map<String, Long> limits() {
        var limits = new LinkedHashMap<String, Long>();
        google.limits().all().forEach(one -> limits.put(one.name(), google.limits().get(one)));
        return limits;
    }

    @Override
    public void limit(String name, long value) {
        google.limits().all().stream()
                .filter(one -> one.name().equals(name))
                .forEach((GoogleLimit one) -> google.limits().set(one, value));
    }
}
