package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.estimation.AgeBand;
import org.inclusionmaps.estimation.CensusTree;
import org.inclusionmaps.estimation.PeopleGroup;
import org.jspecify.annotations.Nullable;

/** Areas and census to the people that each area has outside its counted sub-areas. */
final class OwnPeople {
  private static final StructType SCHEMA =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(Tables.SEX, DataTypes.StringType, false)
          .add(Tables.AGE_BAND, DataTypes.StringType, false)
          .add(Tables.DISABILITY, DataTypes.StringType, false)
          .add(Tables.PERSONS_MICRO, DataTypes.LongType, false);

  private static final StructType BY_AREA =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add("parent", DataTypes.StringType, true)
          .add("counted", DataTypes.BooleanType, false)
          .add(Tables.PERSONS_MICRO, DataTypes.LongType, false);

  /** What a task read: the tree of areas, and the people counted in it. */
  private record Country(
      Map<String, @Nullable String> parents, Map<String, Map<PeopleGroup, Double>> counts) {
    CensusTree tree() {
      return CensusTree.of(parents, counts);
    }
  }

  private OwnPeople() {}

  /**
   * Areas and census to one row an area and group with people. One task holds the whole tree: tens
   * of thousands of areas, each with tens of groups.
   */
  static Dataset<Row> of(Dataset<Row> areas, Dataset<Row> census) {
    return tree(areas, census)
        .mapPartitions((MapPartitionsFunction<Row, Row>) OwnPeople::own, Encoders.row(SCHEMA));
  }

  /** Each area with its parent, whether the census counts it, and its own people of all groups. */
  static Dataset<Row> byArea(Dataset<Row> areas, Dataset<Row> census) {
    return tree(areas, census)
        .mapPartitions((MapPartitionsFunction<Row, Row>) OwnPeople::byArea, Encoders.row(BY_AREA));
  }

  /** The persons of sub-areas that the areas holding them do not have, in one row. */
  static Dataset<Row> scaledAway(Dataset<Row> areas, Dataset<Row> census) {
    return tree(areas, census)
        .mapPartitions(
            (MapPartitionsFunction<Row, Long>)
                rows -> List.of(read(rows).tree().scaledAway()).iterator(),
            Encoders.LONG())
        .toDF(Tables.PERSONS_MICRO);
  }

  private static Dataset<Row> tree(Dataset<Row> areas, Dataset<Row> census) {
    Dataset<Row> tree =
        areas.select(
            col(Tables.AREA),
            col("parent"),
            lit(null).cast("string").as(Tables.SEX),
            lit(null).cast("string").as(Tables.AGE_BAND),
            lit(null).cast("string").as(Tables.DISABILITY),
            lit(null).cast("double").as("persons"));
    Dataset<Row> counts =
        census.select(
            col(Tables.AREA),
            lit(null).cast("string").as("parent"),
            col(Tables.SEX),
            col(Tables.AGE_BAND),
            col(Tables.DISABILITY),
            col("persons"));
    return tree.union(counts).repartition(1);
  }

  private static Country read(Iterator<Row> rows) {
    Map<String, @Nullable String> parents = new HashMap<>();
    Map<String, Map<PeopleGroup, Double>> counts = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      String area = row.getString(0);
      if (row.isNullAt(5)) {
        parents.put(area, row.getString(1));
      } else {
        counts
            .computeIfAbsent(area, a -> new HashMap<>())
            .put(new PeopleGroup(row.getString(2), age(row), row.getString(4)), row.getDouble(5));
      }
    }
    return new Country(parents, counts);
  }

  private static Iterator<Row> byArea(Iterator<Row> rows) {
    Country country = read(rows);
    Map<String, SortedMap<PeopleGroup, Long>> own = country.tree().own();
    List<Row> areas = new ArrayList<>();
    Set<String> ids = new TreeSet<>(country.parents().keySet());
    ids.addAll(country.counts().keySet());
    for (String id : ids) {
      long persons =
          own.getOrDefault(id, new TreeMap<>()).values().stream().mapToLong(Long::longValue).sum();
      areas.add(
          RowFactory.create(
              id, country.parents().get(id), country.counts().containsKey(id), persons));
    }
    return areas.iterator();
  }

  private static Iterator<Row> own(Iterator<Row> rows) {
    List<Row> own = new ArrayList<>();
    read(rows)
        .tree()
        .own()
        .forEach(
            (area, groups) ->
                groups.forEach(
                    (group, micro) ->
                        own.add(
                            RowFactory.create(
                                area,
                                group.sex(),
                                group.age().label(),
                                group.disability(),
                                micro))));
    return own.iterator();
  }

  private static AgeBand age(Row row) {
    return AgeBand.parse(row.getString(3))
        .orElseThrow(
            () ->
                new InclusionException(
                    ErrorCode.CONTRACT_BROKEN,
                    "census: age_band of area %s is %s but must be as 15-24, 80+ or all"
                        .formatted(row.getString(0), row.getString(3))));
  }
}
