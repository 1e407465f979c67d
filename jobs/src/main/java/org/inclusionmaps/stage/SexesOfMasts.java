package org.inclusionmaps.stage;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inclusionmaps.privacy.Estimate;

/**
 * Women and men of the areas where masts stand, to the areas where they live: women of an area's
 * masts live where all persons of its masts do. They are counted by areas of masts alone.
 */
final class SexesOfMasts {
  private static final List<String> SEXES = List.of("female", "male");

  /** So many persons at cells of one area's masts live in an area. */
  record Flow(String mast, String home, double persons) {}

  private record Pair(String mast, String home) {}

  private final HomeAreas areas;
  private final Map<String, Map<String, Estimate>> bySex = new HashMap<>();
  private final Map<String, Estimate> all = new HashMap<>();

  /** Takes the sexes of a fitted tree. */
  SexesOfMasts(CountedTree tree, HomeAreas areas) {
    this.areas = areas;
    for (int i = 0; i < tree.nodes().size(); i++) {
      CountedTree.Node node = tree.nodes().get(i);
      if (!node.isArea()) {
        continue;
      }
      Map<String, Estimate> own = new TreeMap<>();
      for (Map.Entry<String, CountedTree.Counts> sex : node.bySex().entrySet()) {
        if (SEXES.contains(sex.getKey())) {
          own.put(sex.getKey(), tree.fitted(i, sex.getValue()));
        }
      }
      if (!own.isEmpty()) {
        bySex.put(node.leaf(), own);
        all.put(node.leaf(), tree.fitted(i));
      }
    }
  }

  /**
   * The sexes of areas: of each level those that its masts' areas of the same level tell.
   *
   * @param flows from the finest area of masts to the finest area of homes
   */
  SortedMap<String, Of> of(List<Flow> flows) {
    Map<Pair, Double> persons = new LinkedHashMap<>();
    Map<String, Double> ofMast = new HashMap<>();
    for (Flow flow : flows) {
      for (String mast : areas.chain(flow.mast())) {
        ofMast.merge(mast, flow.persons(), Double::sum);
        for (String home : areas.chain(flow.home())) {
          if (areas.level(home) == areas.level(mast) && bySex.containsKey(mast)) {
            persons.merge(new Pair(mast, home), flow.persons(), Double::sum);
          }
        }
      }
    }
    SortedMap<String, Of> homes = new TreeMap<>();
    persons.forEach(
        (pair, living) ->
            homes
                .computeIfAbsent(pair.home(), any -> new Of())
                .add(
                    living / ofMast.getOrDefault(pair.mast(), living),
                    bySex.getOrDefault(pair.mast(), Map.of()),
                    all.getOrDefault(pair.mast(), Estimate.NOT_MEASURED)));
    return homes;
  }

  /** The sexes of one area. */
  static final class Of {
    private final SortedMap<String, Estimate> sums = new TreeMap<>();
    private double variance;

    private void add(double share, Map<String, Estimate> sexes, Estimate all) {
      sexes.forEach(
          (sex, of) ->
              sums.merge(
                  sex,
                  // A share that the iteration drove to nearly nothing has a square of 0.
                  new Estimate(
                      share * of.value(),
                      Math.max(Double.MIN_NORMAL, share * share * of.variance())),
                  Estimate::plus));
      variance += share * share * all.variance();
    }

    /**
     * Persons by sex. What the area's total errs by beyond the noise of its masts' areas, each sex
     * has its share of.
     *
     * @param persons of the area
     * @param ofPersons the variance of that
     */
    SortedMap<String, Estimate> bySex(double persons, double ofPersons) {
      double sharing = Math.max(0, ofPersons - variance);
      SortedMap<String, Estimate> out = new TreeMap<>();
      sums.forEach(
          (sex, sum) -> {
            double share = persons > 0 ? Math.min(1, Math.max(0, sum.value() / persons)) : 1;
            out.put(sex, new Estimate(sum.value(), sum.variance() + share * share * sharing));
          });
      return out;
    }
  }
}
