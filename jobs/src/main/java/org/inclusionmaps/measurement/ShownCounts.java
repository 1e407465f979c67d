package org.inclusionmaps.measurement;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.CellCounts;
import org.inclusionmaps.privacy.Groups;
import org.inclusionmaps.privacy.Groups.Dimension;
import org.inclusionmaps.privacy.Lattice;
import org.inclusionmaps.privacy.Suppression;
import org.inclusionmaps.privacy.Thresholds;
import scala.Tuple2;

/**
 * Exact counts to those that may be shown, where a regulator asks for thresholds in place of noise.
 * Every cell of the public tree has a row, with its margins; a hidden one has no count. Operators
 * are shown together: a cell of one would tell its customers. Counts of areas and places come to
 * the driver, for all cells hang together.
 */
public final class ShownCounts implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** What operators that are shown together are joined by. */
  public static final String TOGETHER = "+";

  private final CountTree tree;
  private final CountFrame frame;
  private final List<Query> queries;
  private final transient Thresholds thresholds;
  private final transient String id;

  /**
   * Thresholds for one measurement.
   *
   * @param frame whose leaves are the places of the spine, in their order
   * @param queries levels of areas ascending, then places if these count
   * @param id of the measurement
   */
  public ShownCounts(
      Spine spine, CountFrame frame, List<Query> queries, Thresholds thresholds, String id) {
    this.tree = new CountTree(spine, queries);
    this.frame = frame;
    this.queries = List.copyOf(queries);
    this.thresholds = thresholds;
    this.id = id;
    for (String operator : frame.operators()) {
      if (operator.contains(TOGETHER)) {
        throw new InclusionException(
            ErrorCode.SETTINGS_WRONG,
            "the operator %s has %s in its code, which stands between operators that are shown together; rename it in the feeds"
                .formatted(operator, TOGETHER));
      }
    }
  }

  /**
   * Rows of {@link Tables#MEASUREMENT}.
   *
   * @throws InclusionException {@link ErrorCode#RELEASE_REFUSED} if cells cannot be proven safe
   */
  public Dataset<Row> of(SparkSession spark, JavaRDD<CellBlock> counts) {
    Map<Integer, long[]> sums =
        counts
            .mapPartitionsToPair(this::sums)
            .reduceByKey(
                (one, other) -> {
                  long[] both = one.clone();
                  for (int i = 0; i < both.length; i++) {
                    both[i] = Math.addExact(both[i], other[i]);
                  }
                  return both;
                })
            .collectAsMap();
    return spark.createDataFrame(rows(new TreeMap<>(sums)), Tables.MEASUREMENT.schema());
  }

  /** Persons of a partition by node: of each operator, sex and age that the node tells. */
  private Iterator<Tuple2<Integer, long[]>> sums(Iterator<CellBlock> blocks) {
    int perOperator = frame.groups() / frame.operators().size();
    Map<Integer, long[]> sums = new TreeMap<>();
    while (blocks.hasNext()) {
      CellBlock block = blocks.next();
      for (int leaf = block.firstLeaf(); leaf < block.firstLeaf() + block.leaves(); leaf++) {
        for (int depth = 0; depth < queries.size(); depth++) {
          Query query = queries.get(depth);
          int groups = query.groups(frame);
          long[] sum =
              sums.computeIfAbsent(
                  tree.node(depth, leaf), node -> new long[frame.operators().size() * groups]);
          for (int group = 0; group < frame.groups(); group++) {
            int at = group / perOperator * groups + query.part(frame, group % perOperator);
            sum[at] += block.persons(leaf, group);
          }
        }
      }
    }
    return sums.entrySet().stream().map(of -> new Tuple2<>(of.getKey(), of.getValue())).iterator();
  }

  private List<Row> rows(Map<Integer, long[]> sums) {
    boolean bySex = queries.stream().anyMatch(query -> query.detail().sexes());
    boolean byAge = queries.stream().anyMatch(query -> query.detail().ages());
    List<String> sexes = categories(bySex, frame.sexes());
    List<String> ages = categories(byAge, frame.bands());
    List<Dimension> dimensions = new ArrayList<>();
    if (byAge) {
      dimensions.add(new Dimension("age", ages.subList(0, ages.size() - 1), CountFrame.UNKNOWN));
    }
    if (bySex) {
      dimensions.add(new Dimension("sex", sexes.subList(0, sexes.size() - 1), CountFrame.UNKNOWN));
    }
    Groups groups = Groups.of(dimensions.toArray(Dimension[]::new));
    Map<String, String> parents = new HashMap<>();
    for (int node = 0; node < tree.nodes(); node++) {
      parents.put(tree.name(node), tree.parent(node));
    }
    Lattice lattice =
        new Lattice(
            groups, queries.stream().map(ShownCounts::dimensions).toList(), parents, Map.of());
    CellCounts known = new CellCounts(lattice);
    List<ShownCell> cells = new ArrayList<>();
    for (int node = 0; node < tree.nodes(); node++) {
      Query query = queries.get(tree.depth(node));
      long[] sum =
          sums.getOrDefault(node, new long[frame.operators().size() * query.groups(frame)]);
      for (String sex : query.detail().sexes() ? sexes : List.of(Tables.ALL)) {
        for (String age : query.detail().ages() ? ages : List.of(Tables.ALL)) {
          List<String> of = new ArrayList<>();
          if (byAge) {
            of.add(age.equals(Tables.ALL) ? "" : age);
          }
          if (bySex) {
            of.add(sex.equals(Tables.ALL) ? "" : sex);
          }
          int number = lattice.cell(tree.name(node), groups.group(of.toArray(String[]::new)));
          ShownCell cell =
              new ShownCell(
                  number, node, sex, age, ShownCell.byOperator(frame, query, sum, sex, age));
          known.persons(number, cell.persons());
          known.largestOperator(number, cell.largest());
          cells.add(cell);
        }
      }
    }
    Suppression suppression = Suppression.of(known, thresholds);
    if (!suppression.refusals().isEmpty()) {
      throw new InclusionException(
          ErrorCode.RELEASE_REFUSED,
          "%d cells cannot be proven safe whatever is hidden; nothing was written. Count fewer groups or levels (privacy.detail), or measure with noise"
              .formatted(suppression.refusals().size()));
    }
    return cells.stream()
        .filter(cell -> !tree.label(cell.node()).isEmpty())
        .map(cell -> row(cell, suppression.shows(cell.number())))
        .toList();
  }

  /** The categories of a dimension with unknown, then all; all alone where it is not told apart. */
  private static List<String> categories(boolean told, List<String> names) {
    List<String> all = new ArrayList<>();
    if (told) {
      all.addAll(names);
      all.add(CountFrame.UNKNOWN);
    }
    all.add(Tables.ALL);
    return all;
  }

  private static Set<String> dimensions(Query query) {
    Set<String> names = new HashSet<>();
    if (query.detail().sexes()) {
      names.add("sex");
    }
    if (query.detail().ages()) {
      names.add("age");
    }
    return names;
  }

  private Row row(ShownCell cell, boolean isShown) {
    Query query = queries.get(tree.depth(cell.node()));
    String parent = tree.parentLabel(cell.node());
    return RowFactory.create(
        query.leafKind(),
        tree.label(cell.node()),
        parent.isEmpty() ? null : parent,
        String.join(TOGETHER, frame.operators()),
        cell.sex(),
        cell.age(),
        isShown ? cell.persons() : null,
        0.0,
        query.unit(),
        query.name(),
        id);
  }
}
