package org.inclusionmaps.publish.tiles;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.figures.Shown;
import org.inclusionmaps.publish.figures.Thousandths;
import org.inclusionmaps.publish.figures.Totals;

/**
 * The figures of features in tiles: whole numbers under short names, a letter for what is measured
 * and the number of the group. The codebook in the archive's metadata tells what they mean.
 */
public final class TileAttributes implements Serializable {
  /** A figure that is not known; its attribute is absent. */
  public static final long ABSENT = Totals.ABSENT;

  private static final String THOUSANDTHS_OF_PERSONS = "0.001 persons";
  private static final String THOUSANDTHS = "0.001";

  /** Persons, the parts in their order, and those who lack access. */
  private static final List<String> LETTERS =
      List.of("p", "u", "o", "b", "x", "h", "i", "a", "n", "l");

  /** The means over persons, in their order. */
  private static final List<String> MEANS = List.of("c", "r", "t2", "t3", "t4", "t5");

  @Serial private static final long serialVersionUID = 1;

  private final int groups;

  public TileAttributes(int groups) {
    this.groups = groups;
  }

  /** Where persons of everybody stand among the values. */
  static int persons() {
    return 0;
  }

  /** Where persons of everybody who lack access stand among the values. */
  static int lacking() {
    return LETTERS.size() - 1;
  }

  /** The names, in the order of the values. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      for (String letter : LETTERS) {
        names.add(letter + group);
      }
    }
    names.addAll(MEANS);
    return names;
  }

  /** What totals are as values; {@link #ABSENT} where not known. */
  public long[] values(Totals totals) {
    long[] values = new long[groups * LETTERS.size() + MEANS.size()];
    Arrays.fill(values, ABSENT);
    for (int group = 0; group < groups; group++) {
      if (totals.has(group)) {
        group(totals.persons(group), totals.parts(group), values, group * LETTERS.size());
      }
    }
    for (int mean = 0; mean < MEANS.size(); mean++) {
      Double value = totals.mean(mean);
      if (value != null) {
        values[groups * LETTERS.size() + mean] = ofMean(mean, value);
      }
    }
    return values;
  }

  /** A mean in thousandths; the price is per cent of income, all else a share of 1. */
  static long ofMean(int mean, double value) {
    return mean == Totals.MEANS.indexOf(Totals.PRICE)
        ? Math.round(10 * value)
        : Math.round(1000 * value);
  }

  private static void group(long persons, long[] parts, long[] values, int at) {
    values[at] = persons / Thousandths.THOUSANDTH;
    boolean[] shown = Shown.parts(parts);
    for (int i = 0; i < parts.length; i++) {
      boolean nobody = i == Part.UNKNOWN.index() && parts[i] == 0;
      values[at + 1 + i] = shown[i] && !nobody ? parts[i] / Thousandths.THOUSANDTH : ABSENT;
    }
    values[at + lacking()] =
        Shown.known(parts) > 0 ? Shown.sum(parts, Part.LACKING) / Thousandths.THOUSANDTH : ABSENT;
  }

  /** What letters and numbers mean. */
  static Map<String, Object> codebook(List<Group> groups) {
    Map<String, Object> measures = new LinkedHashMap<>();
    measures.put("p", measure(Totals.PERSONS, THOUSANDTHS_OF_PERSONS, "Persons 15 and older"));
    for (Part part : Part.values()) {
      measures.put(
          LETTERS.get(1 + part.index()), measure(part.key(), THOUSANDTHS_OF_PERSONS, part.label()));
    }
    measures.put(
        "l", measure(Totals.LACKING, THOUSANDTHS_OF_PERSONS, "Persons who lack affordable access"));
    measures.put(
        "c",
        measure(
            Totals.COVERAGE, THOUSANDTHS, "Probability of a usable network, mean over persons"));
    measures.put(
        "r",
        measure(
            Totals.PRICE, THOUSANDTHS, "Price on offer as a share of income, mean over persons"));
    for (String technology : Tables.TECHNOLOGIES) {
      measures.put(
          "t" + technology.charAt(0),
          measure(
              Tables.coverageBy(technology),
              THOUSANDTHS,
              "Probability of " + technology + " or newer, mean over persons"));
    }
    List<Object> named = new ArrayList<>();
    for (Group group : groups) {
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("name", group.name());
      about.put("label", group.label());
      named.add(about);
    }
    Map<String, Object> codebook = new LinkedHashMap<>();
    codebook.put("measures", measures);
    codebook.put("groups", named);
    return codebook;
  }

  private static Map<String, Object> measure(String name, String unit, String label) {
    Map<String, Object> measure = new LinkedHashMap<>();
    measure.put("name", name);
    measure.put("unit", unit);
    measure.put("label", label);
    return measure;
  }
}
