/** What is asked of Google, by the token endpoint and the Gmail API. */
@NullMarked
package dev.postrider.testkit.recorder.google;

import org.jspecify.annotations.NullMarked;
