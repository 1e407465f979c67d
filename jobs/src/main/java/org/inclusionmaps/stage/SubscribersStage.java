package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.Estimate;
import org.inclusionmaps.privacy.TreeConsistency;

/**
 * A measurement to connected persons of areas and places, over all operators: each operator's tree
 * by least squares, so that its areas are the sums of their places. It reads noisy counts alone and
 * costs no privacy.
 */
final class SubscribersStage {
  /** An area or a place. */
  private record Node(String kind, String leaf) {}

  private SubscribersStage() {}

  /** Rows of {@link Tables#SUBSCRIBERS}; none without a measurement. Nodes come to the driver. */
  static Dataset<Row> subscribers(Dataset<Row> measurement) {
    List<Row> totals =
        measurement
            .groupBy("leaf_kind", "leaf", Tables.OPERATOR)
            .agg(
                max("parent"),
                sum("count"),
                sum(col("variance").cast("decimal(38,6)")).cast("double"),
                min("measurement_id"),
                max("measurement_id"))
            .orderBy(Tables.OPERATOR, "leaf_kind", "leaf")
            .collectAsList();
    Map<String, List<Row>> byOperator = new TreeMap<>();
    for (Row row : totals) {
      if (!row.getString(6).equals(row.getString(7))) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            "inputs.measurement holds two measurements, %s and %s; name one"
                .formatted(row.getString(6), row.getString(7)));
      }
      byOperator.computeIfAbsent(row.getString(2), operator -> new ArrayList<>()).add(row);
    }
    Map<Node, Estimate> sums = new HashMap<>();
    Map<Node, Row> nodes = new HashMap<>();
    byOperator.forEach((operator, rows) -> add(rows, sums, nodes));
    List<Row> out = new ArrayList<>();
    nodes.forEach(
        (node, row) -> {
          Estimate estimate = Objects.requireNonNull(sums.get(node));
          out.add(
              RowFactory.create(
                  node.kind, node.leaf, row.get(3), estimate.value(), estimate.variance()));
        });
    out.sort(
        (a, b) -> (a.getString(0) + a.getString(1)).compareTo(b.getString(0) + b.getString(1)));
    return measurement.sparkSession().createDataFrame(out, Tables.SUBSCRIBERS.schema());
  }

  /** Adds the fitted tree of an operator. */
  private static void add(List<Row> rows, Map<Node, Estimate> sums, Map<Node, Row> nodes) {
    Map<String, Integer> areas = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).getString(0).equals(Tables.AREA)) {
        areas.put(rows.get(i).getString(1), i);
      }
    }
    int[] parents = new int[rows.size()];
    List<Estimate> measured = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      parents[i] = row.isNullAt(3) ? -1 : areas.getOrDefault(row.getString(3), -1);
      measured.add(new Estimate(row.getLong(4), row.getDouble(5)));
    }
    List<Estimate> fitted = TreeConsistency.fit(parents, measured);
    for (int i = 0; i < rows.size(); i++) {
      Node node = new Node(rows.get(i).getString(0), rows.get(i).getString(1));
      nodes.putIfAbsent(node, rows.get(i));
      sums.merge(node, fitted.get(i), Estimate::plus);
    }
  }

  /** The areas that hold no other area of the measurement, with their persons and variance. */
  static List<Row> finestAreas(Dataset<Row> subscribers) {
    Dataset<Row> areas = subscribers.where(col("leaf_kind").equalTo(Tables.AREA));
    return areas
        .join(
            areas.where(col("parent").isNotNull()).select(col("parent").as("leaf")).distinct(),
            new String[] {"leaf"},
            "left_anti")
        .select("leaf", "persons", "variance")
        .orderBy("leaf")
        .collectAsList();
  }
}
