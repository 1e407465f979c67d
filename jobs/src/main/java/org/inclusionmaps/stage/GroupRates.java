package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.EnumMap;
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
import org.apache.spark.sql.Column;
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
 * together to the rate of each area, so only their odds to each other count.
 *
 * <p>They are direct estimates of domains, of the finest {@link Detail} that will do. One will do
 * if each of its domains (the sexes and ages of that settlement type) has enough respondents: else
 * one sex would be set against a mixture of both. "Everyone" will do with any number.
 *
 * <p>A respondent whose sex, age or settlement type is not told (a household) counts for each. An
 * age band of the survey counts for the band of the population that it lies in.
 */
final class GroupRates {
  /** The rate, 0 to 1. */
  static final String RATE = "rate";

  private static final String ANY = "any";
  private static final List<String> SETTLEMENTS = List.of("urban", "rural");

  private static final StructType RATES =
      new StructType()
          .add(Tables.SETTLEMENT_TYPE, DataTypes.StringType, false)
          .add(Tables.SEX, DataTypes.StringType, false)
          .add(Tables.AGE_BAND, DataTypes.StringType, false)
          .add(RATE, DataTypes.DoubleType, false)
          .add("domains", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("domain_errors", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  /** What domains tell apart. */
  private enum Detail {
    SETTLEMENT_SEX_AGE(true, true, true),
    SEX_AGE(false, true, true),
    AGE(false, false, true),
    SETTLEMENT_SEX(true, true, false),
    SEX(false, true, false),
    EVERYONE(false, false, false);

    private final boolean settlement;
    private final boolean sex;
    private final boolean age;

    Detail(boolean settlement, boolean sex, boolean age) {
      this.settlement = settlement;
      this.sex = sex;
      this.age = age;
    }
  }

  /**
   * Details whose odds are multiplied, the finest first: settlement type by sex by age; sex by age;
   * sex times age, over everyone; settlement type by sex; sex; everyone.
   */
  private static final List<List<Detail>> CHOICES =
      List.of(
          List.of(Detail.SETTLEMENT_SEX_AGE),
          List.of(Detail.SEX_AGE),
          List.of(Detail.SEX, Detail.AGE),
          List.of(Detail.SETTLEMENT_SEX),
          List.of(Detail.SEX),
          List.of(Detail.EVERYONE));

  /** People of a settlement type, or any, told apart by a detail. */
  private record Domain(String settlement, Detail detail) {
    static Domain of(String settlement, Detail detail) {
      return new Domain(detail.settlement ? settlement : ANY, detail);
    }

    String label() {
      return "survey " + settlement;
    }
  }

  /** A sex, or any, at some ages, or any. */
  private record Part(String sex, Optional<AgeBand> ages) {
    static Part of(Row group, Detail detail) {
      return new Part(
          detail.sex ? group.getAs(Tables.SEX) : ANY,
          detail.age ? AgeBand.parse(group.getAs(Tables.AGE_BAND)) : Optional.empty());
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

  /** Standard error of the logit of a sex or age that is not told apart. */
  private final double untoldError;

  private final List<Row> groups = new ArrayList<>();
  private final List<Row> asked = new ArrayList<>();

  /** The parts of the population that each detail tells apart. */
  private final Map<Detail, Set<Part>> parts = new EnumMap<>(Detail.class);

  private final Map<Domain, Map<Part, List<Respondent>>> samples = new HashMap<>();
  private final Map<Domain, Map<Part, DirectEstimate>> rates = new HashMap<>();

  private GroupRates(int least, double untoldError) {
    this.least = least;
    this.untoldError = untoldError;
  }

  /** Whether a respondent tells who is connected. */
  static Column tells() {
    return col("weight").gt(0).and(col(Tables.AGE_BAND).equalTo(Tables.ALL).or(AgeBands.adult()));
  }

  /** Respondents who may be 15 or older, with the settlement type that is told of them. */
  static Dataset<Row> adults(Dataset<Row> survey, Dataset<Row> areas) {
    Dataset<Row> types =
        areas.select(col(Tables.AREA), col(Tables.SETTLEMENT_TYPE).as("type_of_area"));
    return survey
        .where(tells())
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
   * Rates by settlement_type, sex and age_band, with the domains that each is of and what a
   * standard error of each does to its logit. Without respondents all are alike. One task holds the
   * survey: some hundred thousand respondents.
   *
   * @param groups the adult groups of the population: sex and age_band, no two alike
   * @param least respondents that a domain needs
   * @param oddsPct standard error of the odds of sexes or ages that the survey does not tell apart,
   *     per cent
   */
  static Dataset<Row> rates(
      Dataset<Row> survey, Dataset<Row> areas, Dataset<Row> groups, int least, double oddsPct) {
    return groups
        .unionByName(adults(survey, areas), true)
        .repartition(1)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows -> new GroupRates(least, Math.log1p(oddsPct / 100)).of(rows),
            Encoders.row(RATES));
  }

  private Iterator<Row> of(Iterator<Row> rows) {
    rows.forEachRemaining(
        row -> (row.<@Nullable Double>getAs("weight") != null ? asked : groups).add(row));
    for (Detail detail : Detail.values()) {
      parts.put(
          detail, groups.stream().map(group -> Part.of(group, detail)).collect(Collectors.toSet()));
    }
    asked.forEach(this::count);
    return SETTLEMENTS.stream().flatMap(this::rows).iterator();
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
    for (Detail detail : Detail.values()) {
      List<Part> own = parts(detail).stream().filter(part -> part.counts(sex, age)).toList();
      for (String settlement : settlements(row, detail)) {
        Map<Part, List<Respondent>> sample =
            samples.computeIfAbsent(new Domain(settlement, detail), domain -> new HashMap<>());
        own.forEach(part -> sample.computeIfAbsent(part, p -> new ArrayList<>()).add(respondent));
      }
    }
  }

  private Set<Part> parts(Detail detail) {
    return parts.getOrDefault(detail, Set.of());
  }

  private static List<String> settlements(Row respondent, Detail detail) {
    String type = respondent.getAs(Tables.SETTLEMENT_TYPE);
    if (!detail.settlement) {
      return List.of(ANY);
    }
    return type == null ? SETTLEMENTS : List.of(type);
  }

  /** The rates of the groups of a settlement type. */
  private Stream<Row> rows(String settlement) {
    for (List<Detail> choice : CHOICES) {
      List<Domain> domains = choice.stream().map(of -> Domain.of(settlement, of)).toList();
      if (domains.stream().allMatch(this::willDo)) {
        return groups.stream().map(group -> row(settlement, group, domains));
      }
    }
    return groups.stream().map(group -> row(settlement, group, List.of()));
  }

  private Row row(String settlement, Row group, List<Domain> domains) {
    List<String> sources = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    // Each detail more multiplies the odds of everyone by how far its own differ from these.
    double logit =
        domains.size() < 2 ? 0 : -logit(estimate(Domain.of(settlement, Detail.EVERYONE), group));
    for (Domain domain : domains) {
      DirectEstimate estimate = estimate(domain, group);
      double rate = rate(estimate);
      logit += logit(estimate);
      sources.add(domain.label() + " " + Part.of(group, domain.detail()).label());
      errors.add(Math.sqrt(estimate.variance()) / (rate * (1 - rate)));
    }
    for (Detail untold : List.of(Detail.SEX, Detail.AGE)) {
      boolean told =
          domains.stream().anyMatch(of -> untold.sex ? of.detail().sex : of.detail().age);
      if (!told && parts(untold).size() > 1) {
        sources.add("not told " + Part.of(group, untold).label());
        errors.add(untoldError);
      }
    }
    return RowFactory.create(
        settlement,
        group.getAs(Tables.SEX),
        group.getAs(Tables.AGE_BAND),
        1 / (1 + Math.exp(-logit)),
        sources.toArray(),
        errors.toArray());
  }

  /** Nobody, or everybody, of a few says little: half a respondent more on either side. */
  private static double rate(DirectEstimate estimate) {
    double least = 0.5 / (estimate.respondents() + 1);
    return Math.min(1 - least, Math.max(least, estimate.ratio()));
  }

  private static double logit(DirectEstimate estimate) {
    double rate = rate(estimate);
    return Math.log(rate / (1 - rate));
  }

  private DirectEstimate estimate(Domain domain, Row group) {
    return Objects.requireNonNull(
        rates.computeIfAbsent(domain, this::estimates).get(Part.of(group, domain.detail())));
  }

  private boolean willDo(Domain domain) {
    Map<Part, List<Respondent>> sample = samples.getOrDefault(domain, Map.of());
    return domain.detail() == Detail.EVERYONE
        ? !sample.isEmpty()
        : sample.keySet().equals(parts(domain.detail()))
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
