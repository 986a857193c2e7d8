/**
 * Mail servers of other hands: Exim, OpenSMTPD and Dovecot from Debian, Haraka and smtp-server from
 * npm. Each runs with its own defaults, on loopback, from a cache that {@code fetch.sh} fills; how
 * each is configured stands in {@code peer.sh}. They need root.
 */
@NullMarked
package dev.postrider.testkit.peer;

import org.jspecify.annotations.NullMarked;
