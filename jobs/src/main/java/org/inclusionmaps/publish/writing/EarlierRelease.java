package org.inclusionmaps.publish.writing;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A release of the same country that came before.
 *
 * @param id its name, which is its folder's
 * @param date the date that its figures stand for, as 2026-01-01
 */
public record EarlierRelease(String id, String date) {
  /** The same as text by name, for JSON. */
  public Map<String, String> told() {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("id", id);
    told.put("date", date);
    return told;
  }
}
