/** What is asked of Microsoft, by the token endpoint and Graph. */
@NullMarked
package dev.postrider.testkit.recorder.microsoft;

import org.jspecify.annotations.NullMarked;
