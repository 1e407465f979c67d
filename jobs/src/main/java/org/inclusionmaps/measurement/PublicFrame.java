package org.inclusionmaps.measurement;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.estimation.AgeBand;

/**
 * What is counted in, made of public tables alone: whoever subscribes, it is the same.
 *
 * @param spine places or radio cells, and the areas above them
 * @param cells these leaves by operator, sex and age
 */
public record PublicFrame(Spine spine, CountFrame cells) {
  private static final List<AgeBand> USUAL =
      Stream.of("15-24", "25-34", "35-49", "50-64", "65+")
          .flatMap(label -> AgeBand.parse(label).stream())
          .toList();

  /** Public tables that name operators. */
  private static final List<Table> OPERATORS =
      List.of(Tables.RADIO_CELLS, Tables.COVERAGE_AREAS, Tables.MARKET, Tables.TARIFFS);

  /**
   * The frame of some queries.
   *
   * @param tables population, areas and those that name operators
   * @param reporting codes of the operators that count; empty: all that the tables name
   * @param year ages are told in
   * @param radioCells operator, cell and area of all radio cells; read where queries count in them
   */
  public static PublicFrame of(
      Map<Table, Dataset<Row>> tables,
      List<Query> queries,
      List<String> reporting,
      int year,
      List<Row> radioCells) {
    boolean byCell = queries.stream().anyMatch(query -> query.level() == Query.CELLS);
    List<String> named = operators(tables, reporting);
    List<String> operators = byCell ? withCells(radioCells, named, reporting) : named;
    List<Row> tree =
        table(tables, Tables.AREAS).select(Tables.AREA, "parent", "level").collectAsList();
    List<Integer> levels =
        queries.stream().map(Query::level).filter(level -> level >= 0).sorted().toList();
    Spine spine =
        byCell
            ? Spine.ofCells(
                radioCells.stream().filter(cell -> operators.contains(cell.getString(0))).toList(),
                tree,
                levels)
            : Spine.of(settled(tables), tree, levels);
    CountFrame cells =
        CountFrame.ofPlaces(
            spine.places(), operators, List.of("female", "male"), bands(tables), year);
    return new PublicFrame(spine, cells);
  }

  private static List<Row> settled(Map<Table, Dataset<Row>> tables) {
    return table(tables, Tables.POPULATION)
        .groupBy(Tables.PLACE, Tables.AREA)
        .agg(sum(Tables.PERSONS_MICRO))
        .collectAsList();
  }

  /**
   * The operators whose persons can be at a cell. Others count for nothing, as those that do not
   * report: then their market shares stand for them.
   */
  private static List<String> withCells(
      List<Row> radioCells, List<String> named, List<String> reporting) {
    Set<String> have =
        radioCells.stream().map(cell -> cell.getString(0)).collect(Collectors.toSet());
    List<String> without = named.stream().filter(operator -> !have.contains(operator)).toList();
    if (without.size() == named.size() || (!without.isEmpty() && !reporting.isEmpty())) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "privacy.detail counts by cell, but radio_cells has no cell of %s; add them, take the operator out of privacy.operators, or count by place"
              .formatted(String.join(", ", without)));
    }
    return named.stream().filter(have::contains).toList();
  }

  private static Dataset<Row> table(Map<Table, Dataset<Row>> tables, Table table) {
    return Objects.requireNonNull(tables.get(table), table.name());
  }

  private static List<String> operators(Map<Table, Dataset<Row>> tables, List<String> reporting) {
    SortedSet<String> operators = new TreeSet<>();
    for (Table table : OPERATORS) {
      operators.addAll(
          table(tables, table)
              .select(Tables.OPERATOR)
              .where(col(Tables.OPERATOR).isNotNull().and(col(Tables.OPERATOR).notEqual("*")))
              .distinct()
              .as(Encoders.STRING())
              .collectAsList());
    }
    if (operators.isEmpty()) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "no feed names an operator, so there is nothing to count by; give radio_cells or market");
    }
    if (reporting.isEmpty()) {
      return List.copyOf(operators);
    }
    for (String operator : reporting) {
      if (!operators.contains(operator)) {
        throw new InclusionException(
            ErrorCode.SETTINGS_WRONG,
            "privacy.operators has %s, but the feeds of cells, coverage areas, market and tariffs name %s; correct the code"
                .formatted(operator, String.join(", ", operators)));
      }
    }
    return List.copyOf(new TreeSet<>(reporting));
  }

  /** The census's bands from 15 on, if they leave no gap; else usual ones. */
  private static List<AgeBand> bands(Map<Table, Dataset<Row>> tables) {
    List<AgeBand> told =
        table(tables, Tables.POPULATION)
            .select(Tables.AGE_BAND)
            .distinct()
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .flatMap(label -> AgeBand.parse(label).stream())
            .filter(band -> band.from() >= AgeBand.ADULT)
            .sorted(Comparator.comparingInt(AgeBand::from))
            .toList();
    int from = AgeBand.ADULT;
    for (AgeBand band : told) {
      if (band.from() != from) {
        return USUAL;
      }
      from = band.to() == AgeBand.OPEN ? AgeBand.OPEN : band.to() + 1;
    }
    return from == AgeBand.OPEN ? told : USUAL;
  }
}
