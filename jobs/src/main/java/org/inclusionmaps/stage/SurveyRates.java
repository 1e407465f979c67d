package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.AgeBand;
import org.inclusionmaps.estimation.DirectEstimate;
import org.inclusionmaps.estimation.DirectEstimate.Respondent;
import org.jspecify.annotations.Nullable;

/**
 * The survey's rate of connected persons for each area, settlement type, sex and age band of the
 * population. An area's own settlement type goes before that of its places.
 *
 * <p>Each rate is the direct estimate of a domain. The first that will do is taken: of the area
 * itself, then of each area above it, the settlement type by sex and age, then by sex; at last, of
 * the country, the sex, and everyone. A domain will do if it and its sisters (the other sexes and
 * ages of that area and settlement type) all have enough respondents: else one sex would be set
 * against a mixture of both. "Everyone" will do with any number.
 *
 * <p>A respondent whose sex, age or settlement type is not told (a household) counts for each. An
 * age band of the survey counts for the band of the population that it lies in. One who lives in an
 * area that the tree does not have counts for the country only.
 */
final class SurveyRates {
  /** The rate, 0 to 1. */
  static final String RATE = "rate";

  private static final String ANY = "any";
  private static final List<String> SETTLEMENTS = List.of("urban", "rural");

  /** Details: everyone 0; sex 1; settlement type and sex 2; and age 3. */
  private static final int BY_SEX = 1;

  private static final int BY_SETTLEMENT = 2;
  private static final int BY_AGE = 3;

  private static final StructType RATES =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(Tables.SETTLEMENT_TYPE, DataTypes.StringType, false)
          .add(Tables.SEX, DataTypes.StringType, false)
          .add(Tables.AGE_BAND, DataTypes.StringType, false)
          .add(RATE, DataTypes.DoubleType, false)
          .add("rate_source", DataTypes.StringType, false)
          .add("rate_error", DataTypes.DoubleType, false);

  /** An area's people of a settlement type, told apart by a detail. */
  private record Domain(String area, String settlement, int detail) {}

  /** A sex, or any, at some ages, or any. */
  private record Part(String sex, Optional<AgeBand> ages) {
    static Part of(String sex, String ageBand, int detail) {
      return new Part(
          detail >= BY_SEX ? sex : ANY,
          detail >= BY_AGE ? AgeBand.parse(ageBand) : Optional.empty());
    }

    boolean counts(String own, Optional<AgeBand> age) {
      return (sex.equals(ANY)
              || sex.equals(Tables.ALL)
              || own.equals(Tables.ALL)
              || own.equals(sex))
          && (ages.isEmpty()
              || age.filter(a -> a.equals(AgeBand.ALL_AGES) || ages.get().holds(a)).isPresent());
    }
  }

  private final String country;
  private final int least;

  private final Map<String, List<String>> chains = new HashMap<>();
  private final Map<String, Row> areas = new HashMap<>();
  private final List<Row> groups = new ArrayList<>();
  private final List<Row> asked = new ArrayList<>();

  /** The parts of the population that each detail tells apart. */
  private final List<Set<Part>> parts = new ArrayList<>();

  private final Map<Domain, Map<Part, List<Respondent>>> samples = new HashMap<>();
  private final Map<Domain, Map<Part, DirectEstimate>> rates = new HashMap<>();

  private SurveyRates(String country, int least) {
    this.country = country;
    this.least = least;
  }

  /**
   * Rates by area, settlement_type of the place, sex and age_band; no row at all without
   * respondents. One task holds the survey: some hundred thousand respondents.
   *
   * @param groups the adult groups of the population: sex and age_band, no two alike
   * @param country the area at level 0
   * @param least respondents that a domain needs
   */
  static Dataset<Row> rates(
      Dataset<Row> survey, Dataset<Row> areas, Dataset<Row> groups, String country, int least) {
    Dataset<Row> adults =
        survey
            .where(col("weight").gt(0))
            .where(col(Tables.AGE_BAND).equalTo(Tables.ALL).or(AgeBands.adult()))
            .select(
                Tables.AREA,
                Tables.SETTLEMENT_TYPE,
                Tables.SEX,
                Tables.AGE_BAND,
                "stratum",
                "psu",
                "weight",
                "connected");
    return areas
        .select(Tables.AREA, "parent", "level", Tables.SETTLEMENT_TYPE)
        .unionByName(groups, true)
        .unionByName(adults, true)
        .repartition(1)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new SurveyRates(country, least).of(rows),
            Encoders.row(RATES));
  }

  private Iterator<Row> of(Iterator<Row> rows) {
    rows.forEachRemaining(
        row -> {
          if (row.<@Nullable Double>getAs("weight") != null) {
            asked.add(row);
          } else if (row.<@Nullable Integer>getAs("level") != null) {
            areas.put(row.getAs(Tables.AREA), row);
          } else {
            groups.add(row);
          }
        });
    AreaTree.pairs(areas.values().iterator())
        .forEachRemaining(
            pair ->
                chains
                    .computeIfAbsent(pair.getString(0), area -> new ArrayList<>())
                    .add(pair.getString(1)));
    for (int detail = 0; detail <= BY_AGE; detail++) {
      int by = detail;
      parts.add(groups.stream().map(group -> part(group, by)).collect(Collectors.toSet()));
    }
    asked.forEach(this::count);
    return areas.keySet().stream()
        .flatMap(area -> SETTLEMENTS.stream().flatMap(type -> rows(area, type)))
        .iterator();
  }

  private static Part part(Row group, int detail) {
    return Part.of(group.getAs(Tables.SEX), group.getAs(Tables.AGE_BAND), detail);
  }

  /** Adds a respondent to the samples of the domains that it counts for. */
  private void count(Row row) {
    Respondent respondent =
        new Respondent(
            row.getAs("stratum"),
            row.getAs("psu"),
            row.<Double>getAs("weight"),
            row.<Double>getAs("connected"),
            1);
    String sex = row.getAs(Tables.SEX);
    Optional<AgeBand> age = AgeBand.parse(row.getAs(Tables.AGE_BAND));
    List<String> within = chains.getOrDefault(row.<String>getAs(Tables.AREA), List.of(country));
    for (int detail = 0; detail <= BY_AGE; detail++) {
      List<Part> own = parts.get(detail).stream().filter(part -> part.counts(sex, age)).toList();
      for (String area : detail < BY_SETTLEMENT ? List.of(country) : within) {
        for (String settlement : settlements(row, detail)) {
          Map<Part, List<Respondent>> sample =
              samples.computeIfAbsent(
                  new Domain(area, settlement, detail), domain -> new HashMap<>());
          own.forEach(part -> sample.computeIfAbsent(part, p -> new ArrayList<>()).add(respondent));
        }
      }
    }
  }

  private List<String> settlements(Row respondent, int detail) {
    if (detail < BY_SETTLEMENT) {
      return List.of(ANY);
    }
    String told = respondent.getAs(Tables.SETTLEMENT_TYPE);
    String type = told == null ? type(respondent.getAs(Tables.AREA)) : told;
    return type == null ? SETTLEMENTS : List.of(type);
  }

  private @Nullable String type(String area) {
    Row row = areas.get(area);
    return row == null ? null : row.getAs(Tables.SETTLEMENT_TYPE);
  }

  /** The rates of an area's groups at places of a settlement type. */
  private Stream<Row> rows(String area, String ofPlace) {
    String told = type(area);
    String settlement = told == null ? ofPlace : told;
    for (String at : chains.getOrDefault(area, List.of())) {
      for (int detail = BY_AGE; detail >= 0; detail--) {
        Domain domain = new Domain(at, detail < BY_SETTLEMENT ? ANY : settlement, detail);
        if (willDo(domain)) {
          Map<Part, DirectEstimate> rates = this.rates.computeIfAbsent(domain, this::estimates);
          return groups.stream().map(group -> row(area, ofPlace, group, domain, rates));
        }
      }
    }
    return Stream.empty();
  }

  private static Row row(
      String area, String ofPlace, Row group, Domain domain, Map<Part, DirectEstimate> rates) {
    Part part = part(group, domain.detail());
    DirectEstimate estimate = Objects.requireNonNull(rates.get(part));
    double rate = estimate.ratio();
    boolean open = rate > 0 && rate < 1;
    return RowFactory.create(
        area,
        ofPlace,
        group.getAs(Tables.SEX),
        group.getAs(Tables.AGE_BAND),
        rate,
        domain + " " + part,
        open ? Math.sqrt(estimate.variance()) / (rate * (1 - rate)) : 0.0);
  }

  private boolean willDo(Domain domain) {
    Map<Part, List<Respondent>> sample = samples.getOrDefault(domain, Map.of());
    return domain.detail() == 0
        ? !sample.isEmpty()
        : sample.keySet().equals(parts.get(domain.detail()))
            && sample.values().stream().allMatch(part -> part.size() >= least);
  }

  private Map<Part, DirectEstimate> estimates(Domain domain) {
    Map<Part, DirectEstimate> estimates = new HashMap<>();
    samples
        .getOrDefault(domain, Map.of())
        .forEach((part, sample) -> estimates.put(part, DirectEstimate.of(sample)));
    return estimates;
  }
}
