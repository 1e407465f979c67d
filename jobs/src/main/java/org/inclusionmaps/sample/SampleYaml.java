package org.inclusionmaps.sample;

import org.inclusionmaps.contract.Table;

/** The settings with which the main job runs on the made-up country. */
final class SampleYaml {
  private SampleYaml() {}

  static String text() {
    StringBuilder text =
        new StringBuilder(
            """
            # The made-up country of this folder. What is not stated here stands in conf/inclusion.yaml.
            country: {id: %s, name: %s}

            radio:
              cell_list: complete        # all masts are in the list: no cell means no network

            release:
              reference_date: "%d-12-31"
              area_levels: [0, 1, 2]

            inputs:
            """
                .formatted(Land.COUNTRY, Land.COUNTRY_NAME, Sims.YEAR));
    for (Table table : Sample.FEEDS) {
      text.append("  %s: [{path: inputs/%s}]\n".formatted(table.name(), table.name()));
    }
    return text.toString();
  }
}
