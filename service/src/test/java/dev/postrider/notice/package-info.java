@NullMarked
package dev.postrider.notice;

import org.jspecify.annotations.NullMarked;
