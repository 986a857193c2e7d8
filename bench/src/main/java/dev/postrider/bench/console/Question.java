package dev.postrider.bench.console;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A kind of question.
 *
 * @param path where it is asked; {@code ID} stands for some email, {@code R} for a number up to a
 *     million, {@code M} for a mailbox, {@code FROM} and {@code TO} for an hour
 */
record Question(String key, String title, String path) {
    private static final String FEW = "00000000-0000-7000-8000-0000000007d1";

    /** Of two usual filters that never meet: a search that is given up for now after a second. */
    static final String NEVER = "never";

    public static List<Question> all() {
        return List.of(
                new Question("newest", "newest page", "/emails?limit=100"),
                new Question("deep", "a page deep inside", "/emails?limit=100&after=ID"),
                new Question("sent", "sent", "/emails?limit=100&state=sent"),
                new Question("refused", "refused, 1 %", "/emails?limit=100&state=refused&after=ID"),
                new Question("queued", "waiting, 0.1 %", "/emails?limit=100&state=queued"),
                new Question("mailbox", "a mailbox", "/emails?limit=100&mailbox_id=M"),
                new Question("few", "a mailbox with few", "/emails?limit=100&mailbox_id=" + FEW),
                new Question(
                        "recipient", "a recipient", "/emails?limit=100&recipient=rR@example.org"),
                new Question(
                        "everybody",
                        "a recipient of each tenth",
                        "/emails?limit=100&recipient=everybody@example.org&after=ID"),
                new Question(
                        "tag", "a tag of each twentieth", "/emails?limit=100&tag=campaign:spring"),
                new Question("rare", "a rare tag", "/emails?limit=100&tag=case:rare"),
                new Question(
                        "time",
                        "an hour",
                        "/emails?limit=100&created_after=FROM&created_before=TO"),
                new Question(
                        "mailbox-refused",
                        "a mailbox's refused",
                        "/emails?limit=100&mailbox_id=M&state=refused"),
                new Question(
                        NEVER,
                        "failed ones to a recipient of each tenth, who never has any",
                        "/emails?limit=100&recipient=everybody@example.org&state=failed"),
                new Question(
                        "tag-mailbox",
                        "a usual tag in a mailbox",
                        "/emails?limit=100&tag=campaign:spring&mailbox_id=M"),
                new Question(
                        "tag-few",
                        "a usual tag in a mailbox that never has it",
                        "/emails?limit=100&tag=campaign:spring&mailbox_id=" + FEW),
                new Question("word", "a word of each subject", "/emails?limit=100&subject=invoice"),
                new Question(
                        "words",
                        "two words of one subject",
                        "/emails?limit=100&subject=invoice%20R"),
                new Question(
                        "sender", "a sender of all", "/emails?limit=100&sender=bench@example.com"),
                new Question(
                        "nobody", "a sender of none", "/emails?limit=100&sender=none@example.com"),
                new Question(
                        "domain", "a domain of all", "/emails?limit=100&recipient=@example.org"),
                new Question(
                        "beginning", "how a recipient begins", "/emails?limit=100&recipient=rR"),
                new Question(
                        "word-failed",
                        "failed ones with a word of each subject",
                        "/emails?limit=100&subject=invoice&state=failed"),
                new Question("counts", "counts by the hour", "/emails/counts"),
                new Question("one", "one email", "/emails/ID"));
    }

    /** One of this kind. */
    String ask(Sample sample, RandomGenerator random) {
        var hour = sample.hour(random);
        return path.replace("ID", sample.id(random))
                .replace("rR@", "r" + random.nextInt(11, 1_000_000) / 10 + "1@")
                .replace("%20R", "%20" + random.nextInt(1, 10_000))
                .replace("=rR", "=r" + random.nextInt(1_000, 10_000))
                .replace("/M", "/" + Sample.mailbox(random.nextInt(10, 1_000)))
                .replace("=M", "=" + Sample.mailbox(random.nextInt(10, 1_000)))
                .replace("FROM", hour.toString())
                .replace("TO", hour.plusSeconds(3_600).toString());
    }
}
