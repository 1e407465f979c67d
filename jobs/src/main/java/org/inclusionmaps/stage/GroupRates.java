package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
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
 * How the groups of a settlement type differ in their rates of connected persons: the survey's own
 * rates of the whole country by settlement type, sex and age. {@link ConnectedStage} moves them
 * together to the rate of each area.
 *
 * <p>Each is the direct estimate of a domain: settlement type by sex and age; if that will not do,
 * settlement type by sex, then sex, then everyone. A domain will do if it and its sisters (the
 * other sexes and ages of that settlement type) all have enough respondents: else one sex would be
 * set against a mixture of both. "Everyone" will do with any number.
 *
 * <p>A respondent whose sex, age or settlement type is not told (a household) counts for each. An
 * age band of the survey counts for the band of the population that it lies in.
 */
final class GroupRates {
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
          .add(Tables.SETTLEMENT_TYPE, DataTypes.StringType, false)
          .add(Tables.SEX, DataTypes.StringType, false)
          .add(Tables.AGE_BAND, DataTypes.StringType, false)
          .add(RATE, DataTypes.DoubleType, false)
          .add("domain", DataTypes.StringType, false)
          .add("logit_error", DataTypes.DoubleType, false);

  /** People of a settlement type, told apart by a detail. */
  private record Domain(String settlement, int detail) {
    String label() {
      return "survey " + settlement;
    }
  }

  /** A sex, or any, at some ages, or any. */
  private record Part(String sex, Optional<AgeBand> ages) {
    static Part of(String sex, String ageBand, int detail) {
      return new Part(
          detail >= BY_SEX ? sex : ANY,
          detail >= BY_AGE ? AgeBand.parse(ageBand) : Optional.empty());
    }

    String label() {
      return sex + " " + ages.map(AgeBand::label).orElse(ANY);
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

  private final int least;
  private final List<Row> groups = new ArrayList<>();
  private final List<Row> asked = new ArrayList<>();

  /** The parts of the population that each detail tells apart. */
  private final List<Set<Part>> parts = new ArrayList<>();

  private final Map<Domain, Map<Part, List<Respondent>>> samples = new HashMap<>();
  private final Map<Domain, Map<Part, DirectEstimate>> rates = new HashMap<>();

  private GroupRates(int least) {
    this.least = least;
  }

  /** Respondents who may be 15 or older, with the settlement type that is told of them. */
  static Dataset<Row> adults(Dataset<Row> survey, Dataset<Row> areas) {
    Dataset<Row> types =
        areas.select(col(Tables.AREA), col(Tables.SETTLEMENT_TYPE).as("type_of_area"));
    return survey
        .where(col("weight").gt(0))
        .where(col(Tables.AGE_BAND).equalTo(Tables.ALL).or(AgeBands.adult()))
        .join(broadcast(types), new String[] {Tables.AREA}, "left")
        .select(
            col(Tables.AREA),
            coalesce(col(Tables.SETTLEMENT_TYPE), col("type_of_area")).as(Tables.SETTLEMENT_TYPE),
            col(Tables.SEX),
            col(Tables.AGE_BAND),
            col("stratum"),
            col("psu"),
            col("weight"),
            col("connected"));
  }

  /**
   * Rates by settlement_type, sex and age_band, with the domain that each is of and the standard
   * error of its logit; no row at all without respondents. One task holds the survey: some hundred
   * thousand respondents.
   *
   * @param groups the adult groups of the population: sex and age_band, no two alike
   * @param least respondents that a domain needs
   */
  static Dataset<Row> rates(
      Dataset<Row> survey, Dataset<Row> areas, Dataset<Row> groups, int least) {
    return groups
        .unionByName(adults(survey, areas), true)
        .repartition(1)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new GroupRates(least).of(rows),
            Encoders.row(RATES));
  }

  private Iterator<Row> of(Iterator<Row> rows) {
    rows.forEachRemaining(
        row -> (row.<@Nullable Double>getAs("weight") != null ? asked : groups).add(row));
    for (int detail = 0; detail <= BY_AGE; detail++) {
      int by = detail;
      parts.add(groups.stream().map(group -> part(group, by)).collect(Collectors.toSet()));
    }
    asked.forEach(this::count);
    return SETTLEMENTS.stream().flatMap(this::rows).iterator();
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
    for (int detail = 0; detail <= BY_AGE; detail++) {
      List<Part> own = parts.get(detail).stream().filter(part -> part.counts(sex, age)).toList();
      for (String settlement : settlements(row, detail)) {
        Map<Part, List<Respondent>> sample =
            samples.computeIfAbsent(new Domain(settlement, detail), domain -> new HashMap<>());
        own.forEach(part -> sample.computeIfAbsent(part, p -> new ArrayList<>()).add(respondent));
      }
    }
  }

  private static List<String> settlements(Row respondent, int detail) {
    String type = respondent.getAs(Tables.SETTLEMENT_TYPE);
    if (detail < BY_SETTLEMENT) {
      return List.of(ANY);
    }
    return type == null ? SETTLEMENTS : List.of(type);
  }

  /** The rates of the groups of a settlement type. */
  private Stream<Row> rows(String settlement) {
    for (int detail = BY_AGE; detail >= 0; detail--) {
      Domain domain = new Domain(detail < BY_SETTLEMENT ? ANY : settlement, detail);
      if (willDo(domain)) {
        Map<Part, DirectEstimate> rates = this.rates.computeIfAbsent(domain, this::estimates);
        return groups.stream().map(group -> row(settlement, group, domain, rates));
      }
    }
    return Stream.empty();
  }

  private static Row row(
      String settlement, Row group, Domain domain, Map<Part, DirectEstimate> rates) {
    Part part = part(group, domain.detail());
    DirectEstimate estimate = Objects.requireNonNull(rates.get(part));
    // Nobody, or everybody, of a few says little: half a respondent more on either side.
    double least = 0.5 / (estimate.respondents() + 1);
    double rate = Math.min(1 - least, Math.max(least, estimate.ratio()));
    return RowFactory.create(
        settlement,
        group.getAs(Tables.SEX),
        group.getAs(Tables.AGE_BAND),
        rate,
        domain.label() + " " + part.label(),
        Math.sqrt(estimate.variance()) / (rate * (1 - rate)));
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
