package org.inclusionmaps.ingest;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a row of a feed tells of one column.
 *
 * @param found what the feed has: a cleaned text, or a typed value; null where it has nothing
 * @param value the value under the contract; null where what was found is not one
 * @param shown what a message shows of it
 * @param fault what is wrong whatever the type, such as a text that the settings' map does not
 *     list; null where nothing is
 * @param mended whether the value was repaired
 */
record Told(
    @Nullable Object found,
    @Nullable Object value,
    @Nullable Object shown,
    @Nullable String fault,
    boolean mended)
    implements Serializable {
  static final Told NOTHING = new Told(null, null, null, null, false);

  static Told of(Object found, @Nullable Object value) {
    return new Told(found, value, found, null, false);
  }

  /** Something found that no rule of the contract is needed to refuse. */
  static Told wrong(@Nullable Object found, @Nullable Object shown, String fault) {
    return new Told(found, null, shown, fault, false);
  }
}
