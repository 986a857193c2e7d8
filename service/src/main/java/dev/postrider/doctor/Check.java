package dev.postrider.doctor;

import java.util.List;

/** Looks at one part of an installation, and changes nothing. Safe to run beside all others. */
public interface Check {
    /** What it looks at: a word or two, the same in every report. */
    String about();

    /**
     * Looks.
     *
     * @return what was found, at least one finding
     */
    List<Finding> look() throws Exception;
}
