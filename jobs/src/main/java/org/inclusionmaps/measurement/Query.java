package org.inclusionmaps.measurement;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.config.PrivacySettings;
import org.inclusionmaps.config.PrivacySettings.Detail;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.privacy.ZeroConcentrated;

/**
 * One histogram of persons: each person is in one of its cells at the most, so that its sensitivity
 * is 1 if each person counts once.
 *
 * @param level of areas; {@link #PLACES} or {@link #CELLS}
 * @param unit what counts once: person or sim
 * @param detail groups that are told apart
 * @param rho what it costs
 * @param variance of the noise in each cell, persons squared
 */
public record Query(int level, String unit, Detail detail, Rational rho, Rational variance)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** The level of places. */
  static final int PLACES = -1;

  /** The level of radio cells. */
  static final int CELLS = -2;

  /**
   * The queries of some settings; the cost is shared evenly. With k SIMs a person at the most, and
   * no key of persons, one person may change the cells by k in all, so the same noise costs k² as
   * much: the noise grows instead.
   */
  public static List<Query> of(PrivacySettings settings) {
    Rational sensitivity =
        settings.simsPerPerson() == null
            ? Rational.of(1, 1)
            : Rational.of((long) settings.simsPerPerson() * settings.simsPerPerson(), 1);
    Rational each = Rational.of(settings.rho()).dividedBy(Rational.of(settings.detail().size(), 1));
    List<Query> queries = new ArrayList<>();
    for (Map.Entry<String, Detail> level : settings.detail().entrySet()) {
      queries.add(
          new Query(
              level(level.getKey()),
              settings.simsPerPerson() == null ? "person" : "sim",
              level.getValue(),
              each,
              ZeroConcentrated.variance(sensitivity, each)));
    }
    return queries;
  }

  private static int level(String key) {
    return switch (key) {
      case PrivacySettings.PLACE -> PLACES;
      case PrivacySettings.CELL -> CELLS;
      default -> Integer.parseInt(key);
    };
  }

  /** Whether it counts in the leaves of the tree: places, or radio cells. */
  boolean ofLeaves() {
    return level < 0;
  }

  /** What it counts in: place, cell or area. */
  String leafKind() {
    return level == PLACES ? Tables.PLACE : level == CELLS ? Tables.CELL : Tables.AREA;
  }

  /** Its name, that noise is keyed to. */
  public String name() {
    return (ofLeaves() ? leafKind() : "level " + level) + " " + detail.label();
  }

  /** How many groups each of its cells is split into, of a frame with one operator. */
  public int groups(CountFrame frame) {
    int bands = frame.bands().size() + 1;
    int sexes = frame.sexes().size() + 1;
    return (detail.sexes() ? sexes : 1) * (detail.ages() ? bands : 1);
  }

  /** Where a sex and age of the frame belongs among its groups. */
  int part(CountFrame frame, int sexAge) {
    int bands = frame.bands().size() + 1;
    return (detail.sexes() ? sexAge / bands : 0) * (detail.ages() ? bands : 1)
        + (detail.ages() ? sexAge % bands : 0);
  }

  /** The sex of one of its groups, unknown, or all where sexes are not told apart. */
  String sex(CountFrame frame, int group) {
    return detail.sexes() ? frame.sexLabel(group / ages(frame)) : Tables.ALL;
  }

  /** The ages of one of its groups, unknown, or all where ages are not told apart. */
  String age(CountFrame frame, int group) {
    return detail.ages() ? frame.bandLabel(group % ages(frame)) : Tables.ALL;
  }

  private int ages(CountFrame frame) {
    return detail.ages() ? frame.bands().size() + 1 : 1;
  }
}
