package dev.postrider.doctor;

/**
 * What was found out about one thing. No text holds a secret.
 *
 * @param id stands for this finding whatever its words are: {@code tls-certificate-expired}
 * @param what is so, in a sentence
 * @param why that matters; empty when all is well
 * @param advice what to do about it; empty when all is well
 */
public record Finding(Severity severity, String id, String what, String why, String advice) {
    private static final int LONGEST = 1000;

    public Finding {
        what = harmless(what);
        why = harmless(why);
        advice = harmless(advice);
    }

    /**
     * What servers and files say may be long, and what moves a terminal's cursor: this is neither.
     */
    private static String harmless(String text) {
        var cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.codePoints()
                .map(c -> isHarmless(c) ? c : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /** How bad it is. */
    public enum Severity {
        OK,
        /** It works, but not as well or as long as it could. */
        WARNING,
        /** Something doesn't work, or mail may be lost. */
        PROBLEM
    }

    static Finding ok(String id, String what) {
        return new Finding(Severity.OK, id, what, "", "");
    }

    static Finding warning(String id, String what, String why, String advice) {
        return new Finding(Severity.WARNING, id, what, why, advice);
    }

    static Finding problem(String id, String what, String why, String advice) {
        return new Finding(Severity.PROBLEM, id, what, why, advice);
    }

    public boolean isProblem() {
        return severity == Severity.PROBLEM;
    }
}
