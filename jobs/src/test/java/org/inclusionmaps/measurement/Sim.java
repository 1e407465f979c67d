package org.inclusionmaps.measurement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.AgeBand;
import org.jspecify.annotations.Nullable;

/** A subscription in tests, and a count of persons that is slow and plain. */
record Sim(
    @Nullable String sim,
    @Nullable String person,
    @Nullable String operator,
    @Nullable Long place,
    @Nullable String sex,
    @Nullable Integer birthYear,
    @Nullable Integer days,
    @Nullable Double data,
    @Nullable Boolean machine) {
  static final byte[] KEY = "a key for tests.".getBytes(StandardCharsets.UTF_8);
  static final long[] PLACES = {0x8828308280fffffL, 0x8828308281fffffL, 0x8828308282fffffL};
  static final CountFrame FRAME =
      CountFrame.ofPlaces(
          PLACES,
          List.of("736-01", "736-02"),
          List.of("female", "male"),
          List.of(new AgeBand(15, 24), new AgeBand(25, 64), new AgeBand(65, AgeBand.OPEN)),
          2025);

  /** A woman of 35 at the first place with the first operator. */
  static Sim of(String sim, @Nullable String person) {
    return new Sim(sim, person, "736-01", PLACES[0], "female", 1990, 30, 10.0, false);
  }

  Sim at(long elsewhere) {
    return new Sim(sim, person, operator, elsewhere, sex, birthYear, days, data, machine);
  }

  Row row() {
    return RowFactory.create(
        sim, person, operator, place, null, sex, birthYear, days, data, machine);
  }

  static StructType schema() {
    StructType schema = new StructType();
    for (Field field : Tables.SUBSCRIPTIONS.fields()) {
      schema = schema.add(field.name(), field.type(), true);
    }
    return schema;
  }

  /** Cells by name and rows that do not count by reason: what is not zero. */
  record Counted(Map<String, Long> cells, Map<Excluded, Long> excluded) {
    long all() {
      return cells.values().stream().mapToLong(n -> n).sum()
          + excluded.values().stream().mapToLong(n -> n).sum();
    }
  }

  /** Counts persons in files of so many partitions, written in the rows' order. */
  static Counted counted(SparkSession spark, List<Sim> sims, int partitions) {
    return counted(spark, List.of(sims), partitions);
  }

  /** Counts persons in several folders. */
  static Counted counted(SparkSession spark, List<List<Sim>> folders, int partitions, int... none) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("sims");
      List<String> paths = new ArrayList<>();
      for (List<Sim> sims : folders) {
        String path = folder.resolve("f" + paths.size()).toString();
        spark
            .createDataFrame(sims.stream().map(Sim::row).toList(), schema())
            .repartition(partitions)
            .write()
            .parquet(path);
        paths.add(path);
      }
      return counted(new PersonCounts(FRAME, () -> KEY).persons(spark, paths).collect());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(folder);
    }
  }

  static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Counted counted(List<CellBlock> blocks) {
    Map<String, Long> cells = new TreeMap<>();
    Map<Excluded, Long> excluded = new TreeMap<>();
    for (CellBlock block : blocks) {
      for (int leaf = block.firstLeaf(); leaf < block.firstLeaf() + block.leaves(); leaf++) {
        for (int group = 0; group < FRAME.groups(); group++) {
          int persons = block.persons(leaf, group);
          if (persons > 0) {
            cells.merge(
                name(PLACES[leaf], FRAME.operator(group), FRAME.sex(group), FRAME.ageBand(group)),
                (long) persons,
                Long::sum);
          }
        }
      }
      for (Excluded why : Excluded.values()) {
        if (block.excluded(why) > 0) {
          excluded.merge(why, block.excluded(why), Long::sum);
        }
      }
    }
    return new Counted(cells, excluded);
  }

  static String name(long place, String operator, String sex, String age) {
    return Long.toHexString(place) + " " + operator + " " + sex + " " + age;
  }

  /** The same count by maps of objects. */
  static Counted naive(List<Sim> sims) {
    Map<Excluded, Long> excluded = new TreeMap<>();
    Map<String, Sim> primary = new HashMap<>();
    SipHash hash = new SipHash(KEY);
    for (Sim sim : sims) {
      Excluded why = why(sim);
      if (why != null) {
        excluded.merge(why, 1L, Long::sum);
        continue;
      }
      String unit = sim.person != null ? "person " + sim.person : "sim " + sim.sim;
      Sim other = primary.putIfAbsent(unit, sim);
      if (other != null) {
        excluded.merge(Excluded.FURTHER_SIM, 1L, Long::sum);
        int order = Long.compareUnsigned(rank(hash, sim), rank(hash, other));
        if (order < 0 || (order == 0 && index(sim) < index(other))) {
          primary.put(unit, sim);
        }
      }
    }
    Map<String, Long> cells = new TreeMap<>();
    primary.values().forEach(sim -> cells.merge(cell(sim), 1L, Long::sum));
    return new Counted(cells, excluded);
  }

  /** Rows, distinct units and data used of each cell, as text. */
  static List<String> plainSums(List<Sim> sims) {
    Map<String, List<Sim>> byCell = new TreeMap<>();
    for (Sim sim : sims) {
      if (why(sim) == null) {
        byCell.computeIfAbsent(cell(sim), cell -> new ArrayList<>()).add(sim);
      }
    }
    List<String> told = new ArrayList<>();
    byCell.forEach(
        (cell, in) ->
            told.add(
                "%s: %d rows, %d persons, %d"
                    .formatted(
                        cell,
                        in.size(),
                        in.stream()
                            .map(s -> s.person != null ? "p" + s.person : "s" + s.sim)
                            .distinct()
                            .count(),
                        in.stream()
                            .mapToLong(s -> s.data == null ? 0 : (long) (1000 * s.data))
                            .sum())));
    return told;
  }

  private static long rank(SipHash hash, Sim sim) {
    byte[] bytes = sim.sim.getBytes(StandardCharsets.UTF_8);
    return hash.of(bytes, 0, bytes.length);
  }

  /** Where a cell stands in the frame: place, operator, sex, age, one within the other. */
  private static long index(Sim sim) {
    int place = Arrays.binarySearch(PLACES, sim.place);
    int operator = sim.operator.equals("736-01") ? 0 : 1;
    int sex = sex(sim).equals("female") ? 0 : sex(sim).equals("male") ? 1 : 2;
    int age = List.of("15-24", "25-64", "65+", "unknown").indexOf(age(sim));
    return ((place * 10L + operator) * 10 + sex) * 10 + age;
  }

  private static @Nullable Excluded why(Sim sim) {
    if (sim.days == null || sim.days <= 0) {
      return Excluded.INACTIVE;
    }
    if (sim.machine != null && sim.machine) {
      return Excluded.MACHINE;
    }
    if (sim.birthYear != null && (sim.birthYear > 2025 || sim.birthYear < 1905)) {
      return Excluded.BIRTH_YEAR_IMPOSSIBLE;
    }
    if (sim.birthYear != null && sim.birthYear > 2010) {
      return Excluded.UNDER_15;
    }
    if (sim.operator == null || !List.of("736-01", "736-02").contains(sim.operator)) {
      return Excluded.OPERATOR_UNKNOWN;
    }
    if (sim.place == null) {
      return Excluded.NO_PLACE;
    }
    if (Arrays.binarySearch(PLACES, sim.place) < 0) {
      return Excluded.PLACE_NOT_IN_FRAME;
    }
    return sim.sim == null ? Excluded.NO_SIM : null;
  }

  private static String sex(Sim sim) {
    return sim.sex != null && List.of("female", "male").contains(sim.sex) ? sim.sex : "unknown";
  }

  private static String age(Sim sim) {
    if (sim.birthYear == null) {
      return "unknown";
    }
    int age = 2025 - sim.birthYear;
    return age < 25 ? "15-24" : age < 65 ? "25-64" : "65+";
  }

  static String cell(Sim sim) {
    return name(sim.place, sim.operator, sex(sim), age(sim));
  }

  /** Rows with everything that can be wrong, some persons and SIMs several times. */
  static List<Sim> random(Random random, int rows) {
    List<Sim> sims = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      sims.add(
          new Sim(
              random.nextInt(50) == 0 ? null : "s" + random.nextInt(2 * rows),
              random.nextInt(4) == 0 ? null : "p" + random.nextInt(rows / 2 + 1),
              pick(random, "736-01", "736-02", "736-01", "736-02", "736-03", null),
              pick(random, PLACES[0], PLACES[1], PLACES[2], PLACES[1], 7L, null),
              pick(random, "female", "male", "female", "male", "all", null),
              random.nextInt(8) == 0 ? null : (Integer) (1895 + random.nextInt(140)),
              pick(random, 0, 1, 30, 90, 60, null),
              random.nextInt(5) == 0 ? null : (Double) (double) random.nextInt(9000),
              pick(random, true, false, false, false, null)));
    }
    return sims;
  }

  @SafeVarargs
  private static <T> @Nullable T pick(Random random, @Nullable T... of) {
    return of[random.nextInt(of.length)];
  }
}
