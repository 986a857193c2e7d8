package dev.postrider.door.console.emails;

import dev.postrider.door.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One email.
 *
 * @param view which of its sides: story, message, text, headers, source or files
 * @param isLive whether it may change by itself
 * @param alert what couldn't be done
 */
public record EmailPage(
        String formToken,
        String id,
        String view,
        Head head,
        boolean isLive,
        @Nullable String alert,
        May may,
        @Nullable Story story,
        @Nullable Message message,
        List<File> files) {
    public EmailPage {
        files = List.copyOf(files);
    }

    public List<Tab> tabs() {
        return List.of(
                tab("story", "What became of it"),
                tab("message", "As its reader sees it"),
                tab("text", "Text"),
                tab("headers", "Headers"),
                tab("source", "Source"),
                tab("files", "Files"));
    }

    private Tab tab(String key, String label) {
        return new Tab(key.equals("story") ? "" : "?view=" + key, label, key.equals(view));
    }

    /** One of its sides. */
    public record Tab(String query, String label, boolean isCurrent) {}

    /** What stands above all sides. */
    public record Head(
            String subject, String from, String to, String state, String tone, String summary) {}

    /**
     * What can be done with it.
     *
     * @param mailboxes others that it might go through
     */
    public record May(boolean retry, boolean cancel, boolean move, List<String> mailboxes) {
        public May {
            mailboxes = List.copyOf(mailboxes);
        }
    }

    /** What became of it. */
    public record Story(
            List<Step> steps, List<Person> recipients, List<Told> told, List<Fact> facts) {
        public Story {
            steps = List.copyOf(steps);
            recipients = List.copyOf(recipients);
            told = List.copyOf(told);
            facts = List.copyOf(facts);
        }
    }

    /**
     * A moment of its story.
     *
     * @param said in others' words
     * @param detail in ours
     */
    public record Step(
            String tone,
            String title,
            @Nullable Moment at,
            @Nullable String detail,
            @Nullable String said) {}

    /** A recipient, and what became of it for them. */
    public record Person(
            String kind, String address, String state, String tone, @Nullable String said) {}

    /** A webhook that was told of it, or is to be. */
    public record Told(
            String webhook,
            String host,
            String type,
            String state,
            String tone,
            Moment at,
            @Nullable String why) {}

    /**
     * A name and a value.
     *
     * @param path where there is more of it
     */
    public record Fact(String name, String value, @Nullable String path) {
        Fact(String name, String value) {
            this(name, value, null);
        }
    }

    /**
     * What it says.
     *
     * @param isKept false once only its story is
     * @param loadsFromOutside whether it asks for pictures of other servers
     * @param showsOutside whether it gets them
     * @param text of the side that is shown
     * @param isCut whether there is more of it
     */
    public record Message(
            boolean isKept,
            boolean hasHtml,
            boolean loadsFromOutside,
            boolean showsOutside,
            @Nullable String text,
            boolean isCut,
            List<Fact> headers) {
        public Message {
            headers = List.copyOf(headers);
        }
    }

    /** A file of it. */
    public record File(String id, String name, String type, String size, boolean isInline) {}
}
