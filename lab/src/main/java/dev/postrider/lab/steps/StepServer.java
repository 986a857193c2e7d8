package dev.postrider.lab.steps;

/** A server that can stop at a step until the program that speaks with it is killed. */
interface StepServer {
    /** The next request stops at the step. */
    void arm(Step step);

    /** Until it has. */
    void awaitReached() throws InterruptedException;

    /** The program is gone. */
    void killed();
}
