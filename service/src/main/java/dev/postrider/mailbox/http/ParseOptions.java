package dev.postrider.mailbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Fields;
import dev.postrider.mailbox.MailboxOptions;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.MalformedAddress;
import dev.postrider.transport.LimitOverrides;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads how a mailbox shall be used; what is left out stays. */
final class ParseOptions {
    private static final int MAX_ALIASES = 100;
    private static final int MAX_COUNT = 1_000_000;
    private static final int MAX_CONNECTIONS = 50;

    private final Fields fields;

    ParseOptions(Fields fields) {
        this.fields = fields;
    }

    MailboxOptions changing(MailboxOptions before) {
        return new MailboxOptions(
                isDefault().orElse(before.isDefault()),
                aliases().orElse(before.aliases()),
                limits().orElse(before.limits()));
    }

    private Optional<Boolean> isDefault() {
        var node = fields.node("default");
        if (node.isPresent() && !node.get().isBoolean()) {
            fields.error("default", "must be true or false");
        }
        return node.map(JsonNode::asBoolean);
    }

    private Optional<List<String>> aliases() {
        var node = fields.node("aliases");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isArray() || node.get().size() > MAX_ALIASES) {
            fields.error("aliases", "must be a list of up to " + MAX_ALIASES + " addresses");
            return Optional.empty();
        }
        var aliases = new LinkedHashSet<String>();
        node.get().forEach(each -> read(each, aliases));
        return Optional.of(List.copyOf(aliases));
    }

    private void read(JsonNode alias, Set<String> aliases) {
        if (!alias.isTextual()) {
            fields.error("aliases", "must contain only strings");
            return;
        }
        switch (Address.parse(alias.textValue())) {
            case Address(var name, _, _) when !name.isEmpty() ->
                    fields.error("aliases", "must contain only addresses, without names");
            case Address address -> aliases.add(address.addrSpec().toLowerCase(Locale.ROOT));
            case MalformedAddress(var reason) -> fields.error("aliases", reason);
        }
    }

    /** All of them together, so that leaving one out gives it back to the provider. */
    private Optional<LimitOverrides> limits() {
        if (!fields.has("limits")) {
            return Optional.empty();
        }
        var limits = fields.object("limits");
        return Optional.of(
                new LimitOverrides(
                        limit(limits, "messages_per_minute", MAX_COUNT),
                        limit(limits, "messages_per_day", MAX_COUNT),
                        limit(limits, "recipients_per_day", MAX_COUNT),
                        limit(limits, "connections", MAX_CONNECTIONS)));
    }

    private static Optional<Integer> limit(Fields limits, String name, int max) {
        return limits.optionalInt(name, 1, max).stream().boxed().findFirst();
    }
}
