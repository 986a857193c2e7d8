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
