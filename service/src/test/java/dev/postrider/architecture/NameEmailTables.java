package dev.postrider.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.postrider.postgres.statement.Statement;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Whether a class has SQL that reads or writes the rows of an email. */
final class NameEmailTables extends ArchCondition<JavaClass> {
    private static final Pattern TABLE =
            Pattern.compile(
                    "\\b(from|join|into|update|using|table)\\s+(only\\s+)?"
                            + "(email|recipient|attempt|email_content|email_tag|email_search)\\b");

    NameEmailTables() {
        super("name email, recipient, attempt, email_content, email_tag or email_search in SQL");
    }

    @Override
    public void check(JavaClass each, ConditionEvents events) {
        each.getSource()
                .ifPresent(source ->
                        Statement.of(Path.of(source.getUri()))
                                .map(Statement::sql)
                                .map(TABLE::matcher)
                                .filter(found -> found.find())
                                .forEach(found ->
                                        events.add(
                                                SimpleConditionEvent.satisfied(
                                                        each,
                                                        "Class <%s> has SQL on the table %s"
                                                                .formatted(
                                                                        each.getName(),
                                                                        found.group(3))))));
    }
}
