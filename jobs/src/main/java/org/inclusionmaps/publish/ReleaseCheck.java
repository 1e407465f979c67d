package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.ShownPlaces;
import org.inclusionmaps.publish.figures.Thousandths;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.rasters.RasterAccount;
import org.inclusionmaps.publish.rasters.RasterMeasure;
import org.inclusionmaps.publish.report.Findings;
import org.inclusionmaps.publish.tiles.ReadBack;
import org.inclusionmaps.publish.tiles.TileArchive;
import org.inclusionmaps.publish.tiles.ZoomPlan;
import org.inclusionmaps.publish.writing.Numbers;

/** What must hold before readers are pointed to a release. */
final class ReleaseCheck {
  private static final double SMALLEST_DIFFERENCE = 0.01;

  private final List<String> passed = new ArrayList<>();

  ReleaseCheck() {}

  /** The checks that held, in words. */
  List<String> passed() {
    return List.copyOf(passed);
  }

  /** Whether the parts of a row of inclusion do not add up to its persons. */
  static Column broken() {
    Column covered = col("unaffordable_micro").plus(col("affordable_micro"));
    Column all = col("unknown_micro").plus(col("uncovered_micro")).plus(covered);
    Column split = col("priced_out_micro").isNotNull();
    Column four =
        col("priced_out_micro")
            .plus(col("burdened_micro"))
            .plus(col("held_back_micro"))
            .plus(col("included_micro"));
    return all.notEqual(col(Tables.PERSONS_MICRO))
        .or(split.and(coalesce(four, lit(-1L)).notEqual(covered)))
        .or(col("lacking_micro").notEqual(col("uncovered_micro").plus(col("unaffordable_micro"))));
  }

  /** The parts of each row add up to its persons. */
  void parts(long broken) {
    require(
        broken == 0,
        "the parts of each row of inclusion add up to its persons",
        "%s rows do not".formatted(Numbers.count(broken)));
  }

  /**
   * Persons of hexagons and of the country, read back from the files, are those of the table.
   *
   * @param heldBack of them those who are shown coarsely alone, millionths
   */
  void files(long personsMicro, long heldBack, Dataset<Row> hexagons, Dataset<Row> country) {
    same(
        heldBack == 0
            ? "persons in the hexagon files are those of inclusion"
            : "persons in the hexagon files, and those shown in coarser hexagons alone, are those of inclusion",
        personsMicro - heldBack,
        hexagons);
    same("persons in the areas of level 0 are those of inclusion", personsMicro, country);
  }

  private void same(String what, long micro, Dataset<Row> rows) {
    BigDecimal found = rows.agg(sum(col(Totals.PERSONS))).first().getDecimal(0);
    BigDecimal expected = BigDecimal.valueOf(micro / Thousandths.THOUSANDTH, 3);
    BigDecimal sum = found == null ? BigDecimal.ZERO : found;
    require(
        sum.compareTo(expected) == 0,
        what,
        "%s in the files, %s in the table"
            .formatted(sum.toPlainString(), expected.toPlainString()));
  }

  /** The tiles of each zoom count the country's persons, and every hexagon and area. */
  void tiles(
      TileArchive.Written written,
      Figures country,
      Map<Integer, Long> hexagons,
      ShownPlaces shown,
      Areas areas) {
    Map<Integer, Integer> firstZooms = ZoomPlan.firstZooms(areas.drawn());
    for (TileArchive.Account zoom : written.accounts()) {
      long drawn =
          areas.drawn().entrySet().stream()
              .filter(level -> firstZooms.getOrDefault(level.getKey(), 0) <= zoom.zoom())
              .mapToLong(Map.Entry::getValue)
              .sum();
      String at = "zoom " + zoom.zoom();
      sums(at, zoom.persons(), zoom.lacking(), country);
      int resolution = written.plan().resolution(zoom.zoom());
      Long own = hexagons.get(resolution);
      long places = own == null ? zoom.places() : own + shown.coarserThan(resolution);
      require(
          zoom.places() == places,
          null,
          at + " has %d hexagons of %d".formatted(zoom.places(), places));
      require(
          zoom.areas() == drawn, null, at + " has %d areas of %d".formatted(zoom.areas(), drawn));
      require(
          zoom.largest() < TileArchive.LARGEST_TILE,
          null,
          at + " has a tile of " + Numbers.count(zoom.largest()) + " bytes");
    }
    passed.add(
        "persons and lacking in the tiles of each zoom are those of the hexagon files, to the thousandth");
    passed.add("no hexagon of the files and no area is lost from the tiles of any zoom");
    passed.add("every tile has less than " + Numbers.count(TileArchive.LARGEST_TILE) + " bytes");
  }

  /** The rasters count the country's persons at each level, as nearly as their numbers can. */
  void rasters(List<RasterAccount> accounts, Figures country) {
    for (RasterAccount account : accounts) {
      String at = "level %d of %s".formatted(account.level(), account.measure().file());
      if (account.measure().counts()) {
        long micro =
            account.measure() == RasterMeasure.PERSONS ? country.persons() : country.lacking();
        double expected = (double) micro / Tables.MICRO;
        require(
            Math.abs(account.sum() - expected)
                <= expected * RasterMeasure.tolerance(account.level()),
            null,
            at + " counts %s persons, the table %s".formatted(account.sum(), expected));
      }
      require(
          account.pixels() == 0
              || (account.least() >= 0 && account.most() <= account.measure().most()),
          null,
          at + " has numbers from %s to %s".formatted(account.least(), account.most()));
    }
    passed.add("persons and lacking in the rasters and their overviews are those of inclusion");
  }

  /**
   * The tiles, read back from the archive, say of each hexagon and area what the files of hexagons
   * and areas, read back, say.
   *
   * @param tiles what the tiles say
   * @param hexagons resolution to what its file says
   * @param areas area to the hash of what its file says
   */
  void sameFigures(
      ReadBack.Tiles tiles,
      Map<Integer, ReadBack.Sums> hexagons,
      Map<String, Long> areas,
      ZoomPlan plan,
      Figures country) {
    plan.resolutions()
        .forEach(
            (zoom, resolution) -> {
              Map<Integer, ReadBack.Sums> resolutions =
                  tiles.hexagons().getOrDefault(zoom, Map.of());
              ReadBack.Sums all =
                  resolutions.values().stream().reduce(ReadBack.Sums.NONE, ReadBack.Sums::with);
              String at = "zoom " + zoom + ", read back,";
              sums(at, all.persons(), all.lacking(), country);
              ReadBack.Sums file = hexagons.get(resolution);
              require(
                  file == null
                      || file.equals(resolutions.getOrDefault(resolution, ReadBack.Sums.NONE)),
                  null,
                  at + " does not say of each hexagon what its file says");
            });
    tiles
        .areas()
        .forEach(
            (zoom, found) ->
                found.forEach(
                    (area, hashes) ->
                        require(
                            hashes.size() == 1 && hashes.contains(areas.get(area)),
                            null,
                            "zoom %d, read back, does not say of area %s what its file says"
                                .formatted(zoom, area))));
    passed.add("tiles and files, read back, say the same of each hexagon and area, in all figures");
  }

  /**
   * A zoom counts the country's persons and those who lack access.
   *
   * @param persons that it counts, thousandths
   * @param lacking of them, thousandths
   */
  private void sums(String at, long persons, long lacking, Figures country) {
    counted(at, persons, country.persons());
    counted(at, lacking, country.lacking());
  }

  private void counted(String at, long found, long micro) {
    long expected = micro / Thousandths.THOUSANDTH;
    require(
        found == expected,
        null,
        "%s counts %d thousandths of persons, the table %d".formatted(at, found, expected));
  }

  /**
   * The indicators that count persons say what the table says.
   *
   * @param rounding by how much the thousandths of the country can be off, millionths
   */
  void indicators(List<Findings.Indicator> indicators, Figures country, long rounding) {
    for (Findings.Indicator indicator : indicators) {
      Double value = indicator.value();
      if (!indicator.ofEverybody() || value == null) {
        continue;
      }
      if (indicator.name().equals(Totals.PERSONS)) {
        near(indicator.name(), value, country.persons(), rounding);
      } else if (indicator.name().equals("lacking_persons")) {
        near(indicator.name(), value, country.lacking(), rounding);
      }
    }
    passed.add("the indicators that count persons are those of inclusion");
  }

  private void near(String name, double value, long micro, long rounding) {
    double expected = (double) micro / Tables.MICRO;
    require(
        Math.abs(value - expected) <= SMALLEST_DIFFERENCE + (double) rounding / Tables.MICRO,
        null,
        "the indicator %s is %s, inclusion has %s"
            .formatted(name, Numbers.figure(value), Numbers.figure(expected)));
  }

  /** No group is hidden far more often than another, or somebody answers for it. */
  void equity(List<Equity> groups, boolean waived) {
    if (waived) {
      passed.add("that no group is hidden far more than another was waived (privacy.md)");
      return;
    }
    require(
        !Equity.unequal(groups),
        "no group is hidden more than twice as often as another",
        "of persons of each sex live where its count is not shown: %s; measure by sex at a coarser level (privacy.detail), or state release.equity_waiver"
            .formatted(
                groups.stream()
                    .map(
                        of ->
                            String.format(
                                java.util.Locale.ROOT, "%s %.1f %%", of.sex(), of.hiddenPct()))
                    .collect(java.util.stream.Collectors.joining(", "))));
  }

  private void require(boolean holds, @org.jspecify.annotations.Nullable String what, String why) {
    if (!holds) {
      throw new InclusionException(
          ErrorCode.RELEASE_REFUSED,
          "%s; nothing was published and CURRENT is as it was"
              .formatted(what == null ? why : "it must hold that " + what + ", but " + why));
    }
    if (what != null) {
      passed.add(what);
    }
  }
}
