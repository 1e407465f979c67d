package org.inclusionmaps.bench;

import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.estimation.AgeBand;
import org.inclusionmaps.measurement.CellBlock;
import org.inclusionmaps.measurement.CountFrame;
import org.inclusionmaps.measurement.Excluded;
import org.inclusionmaps.measurement.PersonCounts;

/**
 * Counts of subscriptions by place, operator, sex and age band, against DuckDB in the same process
 * on the same Parquet files, in turns, on two threads each. Run: {@code scripts/bench subscriptions
 * [ROWS [RUNS [NAME ...]]]}, 50 million rows and 3 runs unless told; names are q2, q3, q5, qm and
 * the same with an s, which read identifiers as texts. The rows are written once, to {@code
 * inclusion-bench-subscriptions} in the folder of temporary files, and kept.
 */
public final class SubscriptionsBench {
  private static final int PLACES = 300_000;
  private static final int AREAS = 80_000;
  private static final int YEAR = 2025;
  private static final int FILES = 10;
  private static final long FIRST_PLACE = 0x8828000000FFFFFL;
  private static final byte[] KEY = "a key for trials".getBytes(StandardCharsets.UTF_8);
  private static final List<AgeBand> BANDS =
      List.of(
          new AgeBand(15, 24),
          new AgeBand(25, 34),
          new AgeBand(35, 44),
          new AgeBand(45, 54),
          new AgeBand(55, 64),
          new AgeBand(65, AgeBand.OPEN));

  /** Rows that count, in both engines' queries. */
  private static final String COUNTS =
      """
      active_days_90 > 0 AND machine IS NOT TRUE AND home_place IS NOT NULL
      AND (birth_year IS NULL OR birth_year BETWEEN 1905 AND 2010)""";

  private static final String AGE =
      """
      CASE WHEN birth_year IS NULL THEN 6 WHEN birth_year > 2000 THEN 0
      WHEN birth_year > 1990 THEN 1 WHEN birth_year > 1980 THEN 2
      WHEN birth_year > 1970 THEN 3 WHEN birth_year > 1960 THEN 4 ELSE 5 END""";

  /**
   * A question.
   *
   * @param sql DuckDB's, with {@code rows} for the rows' files; groups, then two sums
   */
  private record Query(String name, String sql, String sim, String person, double must) {}

  /** What an answer comes to, whatever the order of groups. */
  private record Answer(long groups, long persons, long rows, long data) {}

  private final SparkSession spark;
  private final Connection duck;
  private final AtomicLong shuffled = new AtomicLong();
  private final AtomicLong spilled = new AtomicLong();

  private SubscriptionsBench(SparkSession spark, Connection duck) {
    this.spark = spark;
    this.duck = duck;
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd end) {
                TaskMetrics metrics = end.taskMetrics();
                if (metrics != null) {
                  shuffled.addAndGet(metrics.shuffleWriteMetrics().bytesWritten());
                  spilled.addAndGet(metrics.diskBytesSpilled());
                }
              }
            });
  }

  /** Measures the questions, then how their cost grows with rows and with skew. */
  public static void main(String[] arguments) throws Exception {
    List<String> left = new ArrayList<>(List.of(arguments));
    long rows = left.isEmpty() ? 50_000_000 : Long.parseLong(left.remove(0));
    int runs = left.isEmpty() ? 3 : Integer.parseInt(left.remove(0));
    SparkSession spark = SparkSession.builder().master("local[2]").appName("bench").getOrCreate();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      SubscriptionsBench bench = new SubscriptionsBench(spark, duck);
      bench.run("SET threads = 2");
      bench.run("SET memory_limit = '" + System.getProperty("duckdb.memory", "8GB") + "'");
      bench.run("SET preserve_insertion_order = false");
      try (Statement statement = duck.createStatement();
          ResultSet version = statement.executeQuery("SELECT version()")) {
        version.next();
        say("DuckDB %s by JDBC, Spark %s%n", version.getString(1), spark.version());
      }
      bench.all(rows, runs, left);
    } finally {
      spark.stop();
    }
  }

  private void all(long rows, int runs, List<String> names) throws Exception {
    Path plain = data(rows, /* skewed= */ false);
    List<Query> queries = new ArrayList<>(queries());
    if (!names.isEmpty()) {
      queries.removeIf(query -> !names.contains(query.name));
    }
    for (Query query : queries) {
      against(query, plain, runs);
    }
    if (names.isEmpty() || names.contains("growth")) {
      Path skewed = data(rows / 5, /* skewed= */ true);
      for (Query query : queries) {
        double fifth = cpu(query, files(plain, FILES / 5), runs);
        double half = cpu(query, files(plain, FILES / 2), runs);
        double all = cpu(query, files(plain, FILES), runs);
        double uneven = cpu(query, files(skewed, FILES), runs);
        say(
            "%-4s a fifth of the rows %.2f s CPU, half %.2f, all %.2f: twice the rows cost %.2f"
                + " times; a fifth with 60 %% of rows in one place %.2f, %.2f times%n",
            query.name, fifth, half, all, all / half, uneven, uneven / fifth);
      }
    }
  }

  /** The first of a folder's files. */
  private static List<String> files(Path folder, int number) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::toString)
          .filter(name -> name.endsWith(".parquet"))
          .sorted()
          .limit(number)
          .toList();
    }
  }

  // ---- Data

  /** The places: numbers that look like H3 indexes of resolution 8, ascending. */
  private static long[] places() {
    return LongStream.range(0, PLACES).map(SubscriptionsBench::place).toArray();
  }

  private static long place(long number) {
    return FIRST_PLACE + ((number * 37) << 20);
  }

  /** The rows' folder, written unless it is there. */
  private Path data(long rows, boolean skewed) throws IOException {
    Path folder =
        Path.of(System.getProperty("java.io.tmpdir"), "inclusion-bench-subscriptions")
            .resolve((skewed ? "skewed-" : "even-") + rows);
    if (!Files.exists(folder.resolve("_SUCCESS"))) {
      Measure took = Measure.of(() -> write(rows, skewed, folder));
      say("wrote %,d rows: %.0f s CPU%n", rows, took.cpuS());
    }
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".parquet")).toList()) {
        bytes += Files.size(file);
      }
    }
    say("%s: %.2f GB of Parquet%n", folder.getFileName(), bytes / 1e9);
    return folder;
  }

  /**
   * Every value is a hash of the row's number or of its person's. 13 SIMs belong to 10 persons.
   * Half of the SIMs beyond the first have another home.
   */
  private void write(long rows, boolean skewed, Path folder) {
    String home =
        skewed
            ? "CASE WHEN ph % 10 < 6 THEN 150000L ELSE pmod(h, 300000L) END"
            : "CAST(300000 * pow(pmod(h, 1000000L) / 1e6, 1.5) AS LONG)";
    String known = "xxhash64(owner, IF(id = owner OR pmod(r, 2) = 0, 0L, id))";
    spark
        .range(0, rows, 1, FILES)
        .withColumn("owner", expr("id - id % 13 + IF(id % 13 < 10, id % 13, id % 13 - 10)"))
        .withColumn("r", expr("xxhash64(id, 1)"))
        .withColumn("ph", expr("pmod(xxhash64(owner, 2), 1000000007L)"))
        .withColumn("h", expr("pmod(" + known + ", 1000000007L)"))
        .withColumn("number", expr(home))
        .withColumn("owned", expr("pmod(r, 50) <> 1"))
        .selectExpr(
            text("id", 3) + " AS sim",
            "IF(owned, " + text("owner", 5) + ", NULL) AS person",
            "element_at(array('736-01','736-02','736-03'), CAST(pmod(r, 7) AS INT) % 3 + 1)"
                + " AS operator",
            "IF(pmod(r, 100) = 3, NULL, "
                + FIRST_PLACE
                + "L + number * 37 * 1048576) AS home_place",
            "CASE WHEN pmod(ph, 100) < 3 THEN NULL WHEN pmod(ph, 2) = 0 THEN 'female'"
                + " ELSE 'male' END AS sex",
            "IF(pmod(ph, 97) < 3, NULL, CAST(1930 + pmod(ph, 83) AS INT)) AS birth_year",
            "CAST(IF(pmod(r, 20) < 3, 0, pmod(r, 91)) AS INT) AS active_days_90",
            "CAST(10 * pmod(r, 20011) AS DOUBLE) AS data_mb_30",
            "IF(pmod(r, 11) = 0, NULL, pmod(r, 33) = 1) AS machine",
            // The same identifiers as numbers: odd ones are persons'.
            "shiftleft(xxhash64(id, 3), 1) AS sim_number",
            "IF(owned, shiftleft(xxhash64(owner, 5), 1) | 1L, NULL) AS person_number")
        .write()
        .mode("overwrite")
        .parquet(folder.toString());
  }

  /** A pseudonym of 128 bits in hexadecimal digits. */
  private static String text(String of, int seed) {
    String digits = "lpad(lower(hex(xxhash64(%s, %d))), 16, '0')";
    return "concat(" + digits.formatted(of, seed) + ", " + digits.formatted(of, seed + 1) + ")";
  }

  // ---- Questions

  private static List<Query> queries() {
    String groups = "home_place, operator, sex, " + AGE + " AS age";
    String q2 =
        """
        SELECT count(*), 0, CAST(sum(n) AS BIGINT), CAST(sum(mb) AS BIGINT) FROM (
          SELECT %s, count(*) AS n, sum(data_mb_30) AS mb FROM rows WHERE %s GROUP BY ALL)"""
            .formatted(groups, COUNTS);
    String q3 =
        """
        SELECT count(*), CAST(sum(p) AS BIGINT), CAST(sum(n) AS BIGINT), CAST(sum(mb) AS BIGINT)
        FROM (
          SELECT %s, count(*) AS n, sum(data_mb_30) AS mb,
            count(DISTINCT coalesce(PERSON, SIM)) AS p
          FROM rows WHERE %s GROUP BY ALL)"""
            .formatted(groups, COUNTS);
    String q5 =
        """
        SELECT count(*), 0, CAST(sum(n) AS BIGINT), CAST(sum(mb) AS BIGINT) FROM (
          SELECT area, count(*) AS n, sum(data_mb_30) AS mb
          FROM rows JOIN areas ON home_place = place WHERE %s GROUP BY ALL)"""
            .formatted(COUNTS);
    String qm =
        """
        SELECT count(*), CAST(sum(n) AS BIGINT), 0, 0 FROM (
          SELECT place, c, count(*) AS n FROM (
            SELECT arg_min(home_place, hash(SIM)) AS place, arg_min(
              (CASE operator WHEN '736-01' THEN 0 WHEN '736-02' THEN 1 ELSE 2 END * 3
              + CASE sex WHEN 'female' THEN 0 WHEN 'male' THEN 1 ELSE 2 END) * 7 + %s,
              hash(SIM)) AS c
            FROM rows WHERE %s GROUP BY coalesce(PERSON, SIM)) GROUP BY ALL)"""
            .formatted(AGE, COUNTS);
    return List.of(
        new Query("q2", q2, "sim_number", "person_number", 1.3),
        new Query("q3", q3, "sim_number", "person_number", 0.7),
        new Query("q5", q5, "sim_number", "person_number", 1.05),
        new Query("qm", qm, "sim_number", "person_number", Double.NaN),
        new Query("q3s", q3, "sim", "person", Double.NaN),
        new Query("qms", qm, "sim", "person", Double.NaN));
  }

  private static CountFrame frame(Query query) {
    if (query.name.equals("q5")) {
      int[] areas = new int[PLACES];
      Arrays.setAll(areas, i -> (int) ((long) i * AREAS / PLACES));
      return new CountFrame(places(), areas, List.of(), List.of(), List.of(), YEAR);
    }
    return CountFrame.ofPlaces(
        places(), List.of("736-01", "736-02", "736-03"), List.of("female", "male"), BANDS, YEAR);
  }

  private Answer ours(Query query, CountFrame frame, List<String> paths) {
    PersonCounts counts = new PersonCounts(frame, () -> KEY, query.sim, query.person);
    JavaRDD<CellBlock> blocks =
        switch (query.name.substring(0, 2)) {
          case "qm" -> counts.persons(spark, paths);
          case "q3" -> counts.rowsAndPersons(spark, paths);
          default -> counts.rows(spark, paths);
        };
    int groups = frame.groups();
    boolean persons = !query.name.equals("q2") && !query.name.equals("q5");
    boolean sums = !query.name.startsWith("qm");
    long[] sum =
        blocks.map(block -> sums(block, groups, persons, sums)).reduce(SubscriptionsBench::sum);
    excluded = sum[4];
    return new Answer(sum[0], sum[1], sum[2], sum[3]);
  }

  private long excluded;

  private static long[] sums(CellBlock block, int groups, boolean persons, boolean sums) {
    long[] sum = new long[5];
    for (int leaf = block.firstLeaf(); leaf < block.firstLeaf() + block.leaves(); leaf++) {
      for (int group = 0; group < groups; group++) {
        long n = persons ? block.persons(leaf, group) : block.rows(leaf, group);
        if (n > 0) {
          sum[0]++;
          sum[1] += persons ? n : 0;
          if (sums) {
            sum[2] += block.rows(leaf, group);
            sum[3] += block.thousandths(leaf, group) / 1000;
          }
        }
      }
    }
    for (Excluded why : Excluded.values()) {
      sum[4] += block.excluded(why);
    }
    return sum;
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = new long[one.length];
    Arrays.setAll(sum, i -> one[i] + other[i]);
    return sum;
  }

  private Answer ducks(Query query, Path folder) {
    String sql =
        query
            .sql
            .replace("SIM", query.sim)
            .replace("PERSON", query.person)
            .replace("FROM rows", "FROM read_parquet('" + folder + "/*.parquet')");
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return new Answer(result.getLong(1), result.getLong(2), result.getLong(3), result.getLong(4));
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  // ---- Measuring

  /** Measures a question in both engines, in turns; CPU seconds of ours. */
  private double against(Query query, Path folder, int runs) throws Exception {
    if (query.name.equals("q5")) {
      run(
          """
          CREATE OR REPLACE TABLE areas AS SELECT CAST(%d + i * 37 * 1048576 AS BIGINT) AS place,
            CAST(i * %d // %d AS INTEGER) AS area FROM range(%d) t(i)"""
              .formatted(place(0), AREAS, PLACES, PLACES));
    }
    List<Measure> ours = new ArrayList<>();
    List<Measure> ducks = new ArrayList<>();
    long heap = 0;
    long resident = 0;
    long duckResident = 0;
    Answer[] answers = new Answer[2];
    CountFrame frame = frame(query);
    List<String> few = files(folder, FILES / 5);
    Measure warm = Measure.of(() -> ours(query, frame, few)); // Java's compiler sets to work
    for (int run = 0; run < runs; run++) {
      System.gc();
      long before = resident();
      resetPeaks();
      ducks.add(Measure.of(() -> answers[1] = ducks(query, folder)));
      duckResident = Math.max(duckResident, peakResident() - before);
      System.gc();
      shuffled.set(0);
      spilled.set(0);
      resetPeaks();
      ours.add(Measure.of(() -> answers[0] = ours(query, frame, List.of(folder.toString()))));
      heap = Math.max(heap, peakHeap());
      resident = Math.max(resident, peakResident());
    }
    Thread.sleep(500); // the listener hears of the last tasks a little later
    Measure our = Measure.median(ours);
    Measure ducked = Measure.median(ducks);
    say(
        "%-4s ours %6.2f s CPU %6.2f wall (%s); DuckDB %6.2f s CPU %6.2f wall (%s)%n",
        query.name,
        our.cpuS(),
        our.wallS(),
        cpus(ours),
        ducked.cpuS(),
        ducked.wallS(),
        cpus(ducks));
    say(
        "     ratio of CPU %.2f%s, of wall %.2f; heap at most %.2f GB, resident %.2f GB,"
            + " DuckDB %.2f GB; shuffled %.0f MB, spilled %.0f MB; load %.1f%n",
        our.cpuS() / ducked.cpuS(),
        Double.isNaN(query.must) ? "" : " (must " + query.must + ")",
        our.wallS() / ducked.wallS(),
        heap / 1e9,
        resident / 1e9,
        duckResident / 1e9,
        shuffled.get() / 1e6,
        spilled.get() / 1e6,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    say(
        "     %s; %,d rows do not count; first a fifth of the rows: %.2f s CPU%n",
        answers[0], excluded, warm.cpuS());
    check(query, answers[0], answers[1]);
    return our.cpuS();
  }

  /** Groups of qm differ: DuckDB's own hash chooses other SIMs. */
  private static void check(Query query, Answer ours, Answer ducks) {
    boolean same = query.name.startsWith("qm") ? ours.persons == ducks.persons : ours.equals(ducks);
    if (!same) {
      throw new IllegalStateException(query.name + ": " + ours + " but DuckDB " + ducks);
    }
  }

  private double cpu(Query query, List<String> paths, int runs) {
    List<Measure> measures = new ArrayList<>();
    CountFrame frame = frame(query);
    for (int run = 0; run < runs; run++) {
      measures.add(Measure.of(() -> ours(query, frame, paths)));
    }
    return Measure.median(measures).cpuS();
  }

  private static String cpus(List<Measure> measures) {
    StringBuilder text = new StringBuilder();
    measures.forEach(
        m -> text.append(text.isEmpty() ? "" : " ").append("%.2f".formatted(m.cpuS())));
    return text.toString();
  }

  private static void resetPeaks() {
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static long resident() {
    return status("VmRSS:");
  }

  private static long peakResident() {
    return status("VmHWM:");
  }

  private static long status(String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
              .filter(line -> line.startsWith(name))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .max()
              .orElse(0)
          * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
