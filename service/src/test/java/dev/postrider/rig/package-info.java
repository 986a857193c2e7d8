/**
 * What tests of the service stand on, made once: {@link dev.postrider.rig.FlowRig} is the whole
 * flow from inside, with workers and mail servers; {@link dev.postrider.rig.Lanes} makes mailboxes
 * and emails and looks at their rows; {@link dev.postrider.rig.Answers} and {@link
 * dev.postrider.rig.Stall} are what servers do to us; {@link dev.postrider.rig.Loopback} lets a
 * guard pass them. The program from outside is {@code dev.postrider.testkit.program}.
 */
@NullMarked
package dev.postrider.rig;

import org.jspecify.annotations.NullMarked;
