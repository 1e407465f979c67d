package org.inclusionmaps.measurement;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.inclusionmaps.estimation.AgeBand;
import org.jspecify.annotations.Nullable;

/**
 * The public frame of counts: which cells there are, whatever the persons. A cell is a leaf and a
 * group; a group is an operator, a sex and an age band. Sex and age have one more level, unknown; a
 * dimension that is left empty is not split.
 */
public final class CountFrame implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** The level of sex and age of those of whom it is not known. */
  public static final String UNKNOWN = "unknown";

  private static final int OLDEST_AGE = 120;

  private final long[] places;
  private final int[] leaves;
  private final int leafCount;
  // Arrays, for Kryo knows neither records nor the JDK's unchangeable lists.
  private final String[] operators;
  private final String[] sexes;
  private final String[] bands;
  private final int[] oldest;
  private final int year;
  private final int groupBits;
  private transient @Nullable LeafTable leafTable;

  /**
   * A frame of leaves that hold places.
   *
   * @param places H3 indexes, ascending, each once
   * @param leaves for each place its leaf, from 0 on
   * @param operators codes of the operators that count
   * @param sexes the sexes, besides unknown
   * @param bands ages from 15 on without gap or overlap, ascending, the last one open; besides
   *     unknown
   * @param year age is this year less the year of birth
   */
  public CountFrame(
      long[] places,
      int[] leaves,
      List<String> operators,
      List<String> sexes,
      List<AgeBand> bands,
      int year) {
    this.places = places.clone();
    this.leaves = leaves.clone();
    this.leafCount = Arrays.stream(leaves).max().orElse(-1) + 1;
    this.operators = operators.toArray(String[]::new);
    this.sexes = sexes.toArray(String[]::new);
    this.bands = bands.stream().map(AgeBand::label).toArray(String[]::new);
    this.oldest = bands.stream().mapToInt(AgeBand::to).toArray();
    this.year = year;
    this.groupBits = 32 - Integer.numberOfLeadingZeros(Math.max(0, groups() - 1));
    check(bands);
  }

  /** A frame in which each place is a leaf, in the places' order. */
  public static CountFrame ofPlaces(
      long[] places, List<String> operators, List<String> sexes, List<AgeBand> bands, int year) {
    int[] leaves = new int[places.length];
    Arrays.setAll(leaves, i -> i);
    return new CountFrame(places, leaves, operators, sexes, bands, year);
  }

  private void check(List<AgeBand> asked) {
    require(places.length == leaves.length, "a leaf for each place");
    require(Arrays.stream(leaves).allMatch(leaf -> leaf >= 0), "leaves from 0 on");
    for (int i = 1; i < places.length; i++) {
      require(places[i - 1] < places[i], "places ascending, each once");
    }
    require(
        new HashSet<>(Arrays.asList(operators)).size() == operators.length, "operators once each");
    require(new HashSet<>(Arrays.asList(sexes)).size() == sexes.length, "sexes once each");
    require(
        !Arrays.asList(sexes).contains(UNKNOWN), "unknown added to the sexes by the frame alone");
    int from = AgeBand.ADULT;
    for (AgeBand band : asked) {
      require(band.from() == from, "bands from 15 on without gap or overlap");
      from = band.to() == AgeBand.OPEN ? AgeBand.OPEN : band.to() + 1;
    }
    require(asked.isEmpty() || from == AgeBand.OPEN, "an open last band");
    require(groupBits <= Chunks.RANGE_BITS, "fewer groups");
    require(((long) leafCount << groupBits) < (1L << 31), "fewer than 2^31 cells");
  }

  private static void require(boolean met, String what) {
    if (!met) {
      throw new IllegalArgumentException("a frame of counts needs " + what);
    }
  }

  /** All but the places in words, for the hash of what noise is keyed to. */
  public String described() {
    return "%s %s %s %d".formatted(operators(), sexes(), bands(), year);
  }

  /** The operators that count. */
  List<String> operators() {
    return List.of(operators);
  }

  List<String> sexes() {
    return List.of(sexes);
  }

  /** The labels of the age bands. */
  List<String> bands() {
    return List.of(bands);
  }

  /** The label of a sex by its number, unknown after the last. */
  String sexLabel(int sex) {
    return sex < sexes.length ? sexes[sex] : UNKNOWN;
  }

  /** The label of an age band by its number, unknown after the last. */
  String bandLabel(int band) {
    return band < bands.length ? bands[band] : UNKNOWN;
  }

  /** How many leaves there are. */
  public int leaves() {
    return leafCount;
  }

  /** How many groups each leaf has. */
  public int groups() {
    return Math.max(1, operators.length) * levels(sexes) * levels(bands);
  }

  private static int levels(String[] split) {
    return split.length == 0 ? 1 : split.length + 1;
  }

  /** A group's operator; empty where operators are not split. */
  public String operator(int group) {
    return operators.length == 0 ? "" : operators[group / (levels(sexes) * levels(bands))];
  }

  /** A group's sex or {@link #UNKNOWN}; empty where sexes are not split. */
  public String sex(int group) {
    int sex = group / levels(bands) % levels(sexes);
    return sexes.length == 0 ? "" : sex < sexes.length ? sexes[sex] : UNKNOWN;
  }

  /** The label of a group's age band or {@link #UNKNOWN}; empty where ages are not split. */
  public String ageBand(int group) {
    int age = group % levels(bands);
    return bands.length == 0 ? "" : age < bands.length ? bands[age] : UNKNOWN;
  }

  /** Cells are numbered by leaf, then group; each leaf has room for this power of two of groups. */
  int groupBits() {
    return groupBits;
  }

  /** How many numbers of cells there are, those without a group included. */
  int cells() {
    return leafCount << groupBits;
  }

  /** What an operator adds to the number of the group, or why it does not count. */
  int operatorCode(String operator) {
    int at = Arrays.asList(operators).indexOf(operator);
    return operators.length == 0
        ? 0
        : at < 0 ? Excluded.OPERATOR_UNKNOWN.code() : at * levels(sexes) * levels(bands);
  }

  /** The same for a row without operator. */
  int noOperatorCode() {
    return operators.length == 0 ? 0 : Excluded.OPERATOR_UNKNOWN.code();
  }

  /** What a sex adds; any that the frame does not have is unknown. */
  int sexCode(String sex) {
    int at = Arrays.asList(sexes).indexOf(sex);
    return (at < 0 ? sexes.length : at) * levels(bands);
  }

  int noSexCode() {
    return sexes.length * levels(bands);
  }

  /** What a year of birth adds, or why it does not count. */
  int birthYearCode(long born) {
    long age = year - born;
    if (age < 0 || age > OLDEST_AGE) {
      return Excluded.BIRTH_YEAR_IMPOSSIBLE.code();
    }
    if (age < AgeBand.ADULT) {
      return Excluded.UNDER_15.code();
    }
    int band = 0;
    while (band < bands.length && oldest[band] < age) {
      band++;
    }
    return band;
  }

  int noBirthYearCode() {
    return bands.length;
  }

  /** The places' leaves for quick finding: made once in each process. */
  synchronized LeafTable leafTable() {
    LeafTable made = leafTable;
    if (made == null) {
      made = new LeafTable(places, leaves);
      leafTable = made;
    }
    return made;
  }
}
