/**
 * What requests that send emails say, field by field: each one is described for the API's document
 * and read in the same place. In comes the tree of a body, out goes what the intake takes, with
 * each field that is wrong and why. Whether an email may be sent at all is the intake's to say.
 */
@NullMarked
package dev.postrider.door.api.send.json;

import org.jspecify.annotations.NullMarked;
