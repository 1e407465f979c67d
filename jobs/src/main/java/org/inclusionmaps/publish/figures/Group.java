package org.inclusionmaps.publish.figures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.inclusionmaps.contract.Tables;

/**
 * People that are published together: all, one sex, one age band, or one disability.
 *
 * @param name as in attributes of tiles: all, female, 15-24, disability_any
 * @param dimension the column that tells them; empty for all
 * @param value what stands in that column
 */
public record Group(String name, String dimension, String value) implements Serializable {
  public static final Group ALL = new Group(Tables.ALL, "", "");

  /**
   * The groups that occur, everybody first, then sexes, ages from the youngest, disabilities.
   *
   * @param sexes the values that occur, and so on
   */
  public static List<Group> of(List<String> sexes, List<String> ages, List<String> disabilities) {
    List<Group> groups = new ArrayList<>(List.of(ALL));
    sexes.stream().sorted().forEach(s -> groups.add(new Group(s, Tables.SEX, s)));
    ages.stream()
        .sorted(Comparator.comparingInt(Group::firstYear).thenComparing(Comparator.naturalOrder()))
        .forEach(a -> groups.add(new Group(a, Tables.AGE_BAND, a)));
    disabilities.stream()
        .sorted()
        .forEach(d -> groups.add(new Group("disability_" + d, Tables.DISABILITY, d)));
    groups.removeIf(g -> g.value().equals(Tables.ALL));
    return List.copyOf(groups);
  }

  private static int firstYear(String band) {
    String digits = band.replaceFirst("[^0-9].*", "");
    return digits.isEmpty() ? -1 : Integer.parseInt(digits);
  }

  /** What the group adds to a column's name in GeoParquet: nothing for everybody. */
  public String suffix() {
    return this.equals(ALL) ? "" : "_" + name.replace("-", "_").replace("+", "_plus");
  }

  /** What stands in a column for this group: its value, or {@code all}. */
  public String valueOf(String column) {
    return dimension.equals(column) ? value : Tables.ALL;
  }

  /** The group in words. */
  public String label() {
    return switch (name) {
      case "all" -> "Everybody";
      case "female" -> "Women";
      case "male" -> "Men";
      case "disability_any" -> "Persons with a disability";
      case "disability_none" -> "Persons without a disability";
      case "15+" -> "Age above 15 not told";
      default -> "Aged " + name.replace("-", " to ").replace("+", " and over");
    };
  }

  /** The group within a sentence. */
  public String inWords() {
    return label().substring(0, 1).toLowerCase(java.util.Locale.ROOT) + label().substring(1);
  }
}
