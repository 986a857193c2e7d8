package dev.postrider.doctor;

import java.util.List;

/** What a check has found, as {@code severity id}. */
final class Found {
    private Found() {}

    static List<String> by(Check check) throws Exception {
        return check.look().stream().map(each -> each.severity() + " " + each.id()).toList();
    }
}
