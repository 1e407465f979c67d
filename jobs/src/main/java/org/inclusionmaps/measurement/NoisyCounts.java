package org.inclusionmaps.measurement;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.privacy.KeyedNoise;
import org.inclusionmaps.privacy.Measurement;
import org.inclusionmaps.privacy.NoiseKey;
import scala.Tuple2;

/**
 * Exact counts to noisy ones, the only thing that leaves this room. Every cell of the public tree
 * has a row, those of nobody too, and every one gets noise: which cells there are tells nothing.
 */
public final class NoisyCounts implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final Spine spine;
  private final CountFrame frame;
  private final List<Query> queries;
  private final KeySource key;
  private final String id;
  private final String inputHash;
  private final String policyHash;

  /**
   * Noise for one measurement.
   *
   * @param frame whose leaves are those of the spine, in their order
   * @param key of noise, 32 bytes, where executors find it
   */
  public NoisyCounts(
      Spine spine, CountFrame frame, List<Query> queries, KeySource key, Measurement measurement) {
    this.spine = spine;
    this.frame = frame;
    this.queries = List.copyOf(queries);
    this.key = key;
    this.id = measurement.id();
    this.inputHash = measurement.inputHash();
    this.policyHash = measurement.policyHash();
  }

  /** Rows of {@link Tables#MEASUREMENT}. */
  public Dataset<Row> of(SparkSession spark, JavaRDD<CellBlock> counts) {
    JavaRDD<Row> rows =
        counts.mapPartitionsToPair(this::cells).reduceByKey(Long::sum).mapPartitions(this::noisy);
    return spark.createDataFrame(rows, Tables.MEASUREMENT.schema());
  }

  /** The sums of a partition by cell. Only these and not the leaves' groups are shuffled. */
  private Iterator<Tuple2<Long, Long>> cells(Iterator<CellBlock> blocks) {
    List<String> operators = frame.operators();
    int perOperator = frame.groups() / operators.size();
    List<Map<Integer, long[]>> sums = new ArrayList<>();
    queries.forEach(query -> sums.add(new TreeMap<>()));
    while (blocks.hasNext()) {
      CellBlock block = blocks.next();
      for (int leaf = block.firstLeaf(); leaf < block.firstLeaf() + block.leaves(); leaf++) {
        for (int q = 0; q < queries.size(); q++) {
          Query query = queries.get(q);
          int at = query.ofLeaves() ? leaf : spine.area(query.level(), leaf);
          if (at < 0) {
            continue;
          }
          int groups = query.groups(frame);
          long[] sum = sums.get(q).computeIfAbsent(at, any -> new long[operators.size() * groups]);
          for (int group = 0; group < frame.groups(); group++) {
            int operator = group / perOperator;
            sum[operator * groups + query.part(frame, group % perOperator)] +=
                block.persons(leaf, group);
          }
        }
      }
    }
    List<Tuple2<Long, Long>> out = new ArrayList<>();
    for (int q = 0; q < queries.size(); q++) {
      long first = first(q);
      int groups = queries.get(q).groups(frame);
      int each = operators.size() * groups;
      boolean ofLeaves = queries.get(q).ofLeaves();
      sums.get(q)
          .forEach(
              (at, sum) -> {
                for (int i = 0; i < each; i++) {
                  if (!ofLeaves || spine.counts(at, operators.get(i / groups))) {
                    out.add(new Tuple2<>(first + (long) at * each + i, sum[i]));
                  }
                }
              });
    }
    return out.iterator();
  }

  /** The number of the first cell of a query: cells go by query, area or place, operator, group. */
  private long first(int query) {
    long first = 0;
    for (Query before : queries.subList(0, query)) {
      first += (long) spine.cells(before) * frame.operators().size() * before.groups(frame);
    }
    return first;
  }

  private Iterator<Row> noisy(Iterator<Tuple2<Long, Long>> cells) {
    NoiseKey secret = NoiseKey.of(key.key());
    Measurement measurement = new Measurement(id, inputHash, policyHash);
    List<KeyedNoise> noises = new ArrayList<>();
    for (Query query : queries) {
      noises.add(new KeyedNoise(secret, measurement, query.name(), query.variance()));
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cells.hasNext();
      }

      @Override
      public Row next() {
        Tuple2<Long, Long> cell = cells.next();
        int q = queries.size() - 1;
        while (cell._1() < first(q)) {
          q--;
        }
        return row(queries.get(q), cell._1() - first(q), cell._2(), noises.get(q));
      }
    };
  }

  private Row row(Query query, long cell, long persons, KeyedNoise noise) {
    int groups = query.groups(frame);
    int each = frame.operators().size() * groups;
    int at = (int) (cell / each);
    int group = (int) (cell % each) % groups;
    String operator = frame.operators().get((int) (cell % each) / groups);
    String sex = query.sex(frame, group);
    String age = query.age(frame, group);
    String leaf = query.ofLeaves() ? spine.label(at) : spine.areas(query.level()).get(at);
    String parent = query.ofLeaves() ? spine.parent(at) : spine.parent(leaf);
    return RowFactory.create(
        query.leafKind(),
        leaf,
        parent.isEmpty() ? null : parent,
        operator,
        sex,
        age,
        Math.addExact(persons, noise.of(String.join("|", leaf, operator, sex, age))),
        query.variance().roundedUp(),
        query.unit(),
        query.name(),
        id);
  }
}
