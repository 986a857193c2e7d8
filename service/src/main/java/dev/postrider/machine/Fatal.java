package dev.postrider.machine;

import dev.postrider.log.Journal;
import org.jspecify.annotations.Nullable;

/**
 * Errors of the virtual machine after which what several threads share can't be trusted: out of
 * memory, internal errors. Who meets one in a thread that others depend on ends the program at
 * once, as if it were killed, which nothing that was accepted is lost by; a supervisor starts it
 * again. See docs/decisions/0048.
 */
public final class Fatal {
    /** The exit status then (EX_SOFTWARE of sysexits.h). */
    public static final int EXIT = 70;

    private static final Journal JOURNAL = Journal.of("boot");
    private static final int MAX_CAUSES = 20;

    private Fatal() {}

    /** Ends the program if this is such an error, or has one for its cause. */
    public static void endIf(Throwable thrown) {
        if (is(thrown)) {
            try {
                JOURNAL.failure("the program ends, its memory can't be trusted", thrown);
            } finally {
                Runtime.getRuntime().halt(EXIT);
            }
        }
    }

    /** A stack that overflowed is whole again once it is unwound. */
    static boolean is(Throwable thrown) {
        @Nullable Throwable each = thrown;
        for (var i = 0; each != null && i < MAX_CAUSES; i++) {
            if (each instanceof VirtualMachineError && !(each instanceof StackOverflowError)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }
}
