package dev.postrider.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What could be read of the settings.
 *
 * @param refusals what is wrong with those that can't be used, in whole sentences
 * @param unknown names that look like settings and are none
 */
public record CheckSettings(List<String> refusals, List<Unknown> unknown) implements Check {
    /**
     * A name that is none of a setting.
     *
     * @param meant the one that is most alike
     */
    public record Unknown(String name, Optional<String> meant) {}

    public CheckSettings {
        refusals = List.copyOf(refusals);
        unknown = List.copyOf(unknown);
    }

    @Override
    public String about() {
        return "Settings";
    }

    @Override
    public List<Finding> look() {
        var found = new ArrayList<Finding>();
        refusals.forEach(refusal ->
                found.add(
                        Finding.problem(
                                "setting-unusable",
                                refusal,
                                "The program doesn't start. What else is said here is said without"
                                        + " it.",
                                "Correct it; ./postrider settings lists all.")));
        unknown.forEach(each ->
                found.add(
                        Finding.warning(
                                "setting-unknown",
                                each.name() + " is no setting.",
                                "It is not read.",
                                each.meant()
                                        .map(meant -> "Is " + meant + " meant?")
                                        .orElse("./postrider settings lists all."))));
        if (found.isEmpty()) {
            found.add(Finding.ok("settings", "All that are set can be used."));
        }
        return found;
    }
}
