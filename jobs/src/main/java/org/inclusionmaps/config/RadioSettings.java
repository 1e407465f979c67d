package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Coverage from radio cells.
 *
 * @param cellList whether an area without any cell is unknown or uncovered
 * @param silentLevel level of the areas for which that is judged
 * @param service what counts as coverage
 * @param coverageAreas what operators' own coverage areas are for
 * @param officialCoveragePct SDG 9.c.1 by technology as published: coverage is calibrated to it
 * @param profileStepM distance of the heights taken along a path, m
 * @param unsettledPlaces whether places where nobody lives have a signal too
 * @param reuse whether service is taken from an earlier run where nothing that it rests on changed
 * @param sigmaDb spread of the signal around its median, dB
 * @param bodyLossDb loss in the body of the user, dB
 * @param mobileHeightM height of the handset, m
 * @param beamwidthDeg width of a sector where the feed gives only its azimuth
 * @param technologies by name, 2G to 5G
 * @param footprints the table of footprints, if any
 */
public record RadioSettings(
    @JsonProperty("cell_list") CellList cellList,
    @JsonProperty("silent_level") int silentLevel,
    Service service,
    @JsonProperty("coverage_areas") CoverageAreas coverageAreas,
    @JsonProperty("official_coverage_pct") Map<String, Double> officialCoveragePct,
    @JsonProperty("profile_step_m") double profileStepM,
    @JsonProperty("unsettled_places") boolean unsettledPlaces,
    boolean reuse,
    @JsonProperty("sigma_db") SigmaSettings sigmaDb,
    @JsonProperty("body_loss_db") double bodyLossDb,
    @JsonProperty("mobile_height_m") double mobileHeightM,
    @JsonProperty("beamwidth_deg") double beamwidthDeg,
    Map<String, TechnologySettings> technologies,
    FootprintSettings footprints)
    implements Serializable {

  /** How much of the country's cells the feed holds. */
  public enum CellList {
    @JsonProperty("partial")
    PARTIAL,
    @JsonProperty("complete")
    COMPLETE
  }

  /** What operators' own coverage areas are for. */
  public enum CoverageAreas {
    @JsonProperty("instead")
    INSTEAD,
    @JsonProperty("beside")
    BESIDE
  }

  /** Level of service that counts as coverage. */
  public enum Service {
    @JsonProperty("outdoor")
    OUTDOOR,
    @JsonProperty("good")
    GOOD,
    @JsonProperty("indoor")
    INDOOR
  }

  public RadioSettings {
    Checks.given("cell_list", cellList);
    Checks.given("service", service);
    Checks.given("coverage_areas", coverageAreas);
    officialCoveragePct = official(Checks.given("official_coverage_pct", officialCoveragePct));
    Checks.between("silent_level", silentLevel, 0, 9);
    Checks.given("sigma_db", sigmaDb);
    Checks.between("profile_step_m", profileStepM, 25, 1000);
    Checks.between("body_loss_db", bodyLossDb, 0, 30);
    Checks.between("mobile_height_m", mobileHeightM, 1, 10);
    Checks.between("beamwidth_deg", beamwidthDeg, 1, 360);
    technologies = new TreeMap<>(Checks.given("technologies", technologies));
    for (String technology : technologies.keySet()) {
      if (!technology.matches("[2-5]G")) {
        throw new IllegalArgumentException(
            "technologies has " + technology + " but knows 2G, 3G, 4G, 5G");
      }
    }
    for (String needed : new String[] {"2G", "3G", "4G", "5G"}) {
      Checks.given("technologies." + needed, technologies.get(needed));
    }
    Checks.given("footprints", footprints);
  }

  private static Map<String, Double> official(Map<String, Double> given) {
    TreeMap<String, Double> official = new TreeMap<>(given);
    String older = "";
    double most = 100;
    for (Map.Entry<String, Double> of : official.entrySet()) {
      String technology = of.getKey();
      if (!technology.matches("[2-5]G")) {
        throw new IllegalArgumentException(
            "official_coverage_pct has " + technology + " but knows 2G, 3G, 4G, 5G");
      }
      double pct = Checks.given("official_coverage_pct." + technology, of.getValue());
      Checks.between("official_coverage_pct." + technology, pct, 0, 100);
      if (pct > most) {
        throw new IllegalArgumentException(
            "official_coverage_pct is %s for %s but %s for %s; each means that technology or newer, so the older has at least as much"
                .formatted(pct, technology, most, older));
      }
      older = technology;
      most = pct;
    }
    return official;
  }

  /** Whether coverage is calibrated to official figures. */
  public boolean calibrates() {
    return !officialCoveragePct.isEmpty();
  }

  /** Whether coverage by a technology or newer ones is calibrated to an official figure. */
  public boolean calibrates(String technology) {
    return officialCoveragePct.containsKey(technology);
  }

  /** The farthest that any cell reaches, km. */
  public double farthestKm() {
    return technologies.values().stream()
        .mapToDouble(TechnologySettings::reachKm)
        .max()
        .orElseThrow();
  }
}
