/**
 * Questions to the system's resolver: a name's addresses, and its other records. In come a name and
 * on whose word it is asked, out comes what was answered in time. Look-ups block threads of their
 * own, of which a workspace and a domain each have a share, so slow name servers hold up only those
 * who ask for them.
 */
@NullMarked
package dev.postrider.outbound.lookup;

import org.jspecify.annotations.NullMarked;
