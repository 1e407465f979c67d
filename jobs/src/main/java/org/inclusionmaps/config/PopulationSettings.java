package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How census rows become persons of groups.
 *
 * @param adultSharePct persons 15+ in a hundred, for census rows without ages; null where not given
 */
public record PopulationSettings(@JsonProperty("adult_share_pct") @Nullable Double adultSharePct) {
  public PopulationSettings {
    if (adultSharePct != null) {
      Checks.between("adult_share_pct", adultSharePct, 0, 100);
    }
  }
}
