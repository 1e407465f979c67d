package org.inclusionmaps.measurement;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Exact counts of persons by the cells of a public frame, before any noise, from Parquet files of
 * subscriptions.
 *
 * <p>A SIM counts if it was used in the last 90 days, is not a machine's, and no reason of {@link
 * Excluded} holds. A unit is the person, or the SIM where the person is not known. Each unit counts
 * in one cell: that of its primary SIM, whose SipHash-2-4 under the key is the least of its SIMs
 * that count; of equal hashes that of the least cell. So adding or removing a person changes one
 * cell by one, and nothing but the rows and the key decides: neither files nor partitions nor
 * order. A person known in one row and absent in another row of the same SIM is two units: the
 * contract forbids a SIM twice.
 *
 * <p>Rows are read a column at a time and never become objects. One scan sends records of 24 bytes
 * to the buckets of their units, within which primary SIMs are found; four bytes a person then go
 * to the range of cells that they count in. Memory of a task does not grow with the rows.
 */
public final class PersonCounts {
  /** Cells of one array of sums: a larger frame is scanned once for each so many. */
  private static final int MOST_SUMS = 1 << 25;

  private final CountFrame frame;
  private final KeySource key;
  private final String sim;
  private final String person;

  /** Counts by a frame, with the key where executors find it. */
  public PersonCounts(CountFrame frame, KeySource key) {
    this(frame, key, "sim", "person");
  }

  /** The same, with identifiers in other columns: texts, or numbers of 64 bits. */
  public PersonCounts(CountFrame frame, KeySource key, String sim, String person) {
    this.frame = frame;
    this.key = key;
    this.sim = sim;
    this.person = person;
  }

  /** What is counted. */
  private enum What {
    PERSONS,
    ROWS,
    ROWS_AND_PERSONS;

    boolean units() {
      return this != ROWS;
    }

    boolean primary() {
      return this == PERSONS;
    }

    boolean sums() {
      return this != PERSONS;
    }
  }

  private record Work(RowGroups.Share share, int slice) implements Serializable {}

  /** Persons of each cell, each person once: {@link CellBlock#persons}. */
  public JavaRDD<CellBlock> persons(SparkSession spark, List<String> paths) {
    return count(spark, paths, What.PERSONS);
  }

  /** Rows of each cell and the sum of their data used: no person is told from another. */
  public JavaRDD<CellBlock> rows(SparkSession spark, List<String> paths) {
    return count(spark, paths, What.ROWS);
  }

  /**
   * The same, and the persons of each cell, a person in each of its cells once. No noise fits these
   * counts of persons: one person may change several.
   */
  public JavaRDD<CellBlock> rowsAndPersons(SparkSession spark, List<String> paths) {
    return count(spark, paths, What.ROWS_AND_PERSONS);
  }

  private JavaRDD<CellBlock> count(SparkSession spark, List<String> paths, What what) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
    int processors = Math.max(1, context.defaultParallelism());
    List<RowGroups.Share> shares = RowGroups.shares(context, paths, hadoop, processors);
    long rows = shares.stream().mapToLong(RowGroups.Share::rows).sum();
    Chunks chunks = Chunks.of(frame, rows, processors);
    int slices = what.sums() ? Math.max(1, (frame.cells() + MOST_SUMS - 1) / MOST_SUMS) : 1;
    List<Work> works = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      for (RowGroups.Share share : shares) {
        works.add(new Work(share, slice));
      }
    }
    int tasks = Math.max(1, works.size());
    ScanTask scan = new ScanTask(context.broadcast(frame), key, sim, person, works, chunks, what);
    JavaPairRDD<Integer, byte[]> scanned =
        context
            .parallelize(IntStream.range(0, works.size()).boxed().toList(), tasks)
            .mapPartitionsToPair(each -> scan.of(each, hadoop.value()));
    JavaPairRDD<Integer, byte[]> cells =
        what.units()
            ? scanned
                .partitionBy(chunks.byBucket())
                .mapPartitionsToPair(each -> new Units(each, chunks, what.primary()))
            : scanned.mapToPair(chunk -> new Tuple2<>(~chunk._1(), chunk._2()));
    int groupBits = frame.groupBits();
    int allCells = frame.cells();
    return cells
        .partitionBy(chunks.byRange())
        .mapPartitionsWithIndex(
            (task, each) -> blocks(task, each, chunks, what, groupBits, allCells),
            /* preservesPartitioning= */ true);
  }

  /** What a task of the scan is given. The frame is sent once to each executor. */
  private record ScanTask(
      Broadcast<CountFrame> frame,
      KeySource key,
      String sim,
      String person,
      List<Work> works,
      Chunks chunks,
      What what)
      implements Serializable {
    Iterator<Tuple2<Integer, byte[]>> of(Iterator<Integer> each, Configuration hadoop) {
      if (!each.hasNext()) {
        return List.<Tuple2<Integer, byte[]>>of().iterator();
      }
      Work work = works.get(each.next());
      CountFrame cells = frame.value();
      boolean first = work.slice == 0;
      boolean units = what.units() && first;
      SubscriptionRows rows =
          new SubscriptionRows(
              work.share,
              cells,
              new SipHash(key.key()),
              new SubscriptionRows.Asked(sim, person, units, what.primary(), what.sums()),
              hadoop);
      TaskCompletionListener closing = task -> close(rows);
      TaskContext.get().addTaskCompletionListener(closing);
      int from = work.slice * MOST_SUMS;
      CellSums sums =
          what.sums() ? new CellSums(from, Math.min(MOST_SUMS, cells.cells() - from)) : null;
      return new Scan(rows, chunks, units, what.primary(), first, sums);
    }
  }

  private static void close(SubscriptionRows rows) {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Iterator<CellBlock> blocks(
      int task,
      Iterator<Tuple2<Integer, byte[]>> each,
      Chunks chunks,
      What what,
      int groupBits,
      int cells) {
    int first = chunks.firstRange(task);
    int end = chunks.firstRange(task + 1);
    Queue<CellBlock> blocks = new ArrayDeque<>();
    CellBlock[] ofRange = new CellBlock[end - first];
    for (int range = first; range < end; range++) {
      ofRange[range - first] = new CellBlock(range, groupBits, cells, what.units(), what.sums());
      blocks.add(ofRange[range - first]);
    }
    while (each.hasNext()) {
      Tuple2<Integer, byte[]> chunk = each.next();
      ofRange[chunk._1() - first].add(chunk._2());
    }
    return blocks.iterator();
  }
}
