package dev.postrider.door.console.choose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Something that is called by an address.
 *
 * @param owner who tells it from another with the same address
 */
record Named(String id, String address, String owner) {
    static List<Named> mailboxes(JsonNode list) {
        return items(list)
                .map(each ->
                        new Named(
                                each.path("id").asText(),
                                each.path("address").asText(),
                                each.path("user_email")
                                        .asText(each.path("external_id").asText("nobody's"))))
                .toList();
    }

    static List<Named> people(JsonNode list) {
        return items(list)
                .filter(each -> each.path("active").asBoolean())
                .map(each -> new Named(each.path("id").asText(), each.path("email").asText(), ""))
                .toList();
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return list.path("data").valueStream();
    }

    boolean isCalled(String typed) {
        return key(address).equals(key(typed));
    }

    /** With its owner where another has the same address. */
    String label(List<Named> all) {
        return all.stream().filter(each -> each.isCalled(address)).count() > 1
                ? address + " (" + owner + ")"
                : address;
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
