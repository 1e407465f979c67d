package org.inclusionmaps.ingest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inclusionmaps.config.FeedFormat;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/**
 * The files of a feed, looked at by tasks before their rows are read: each can be read, is within
 * the limits and is what the settings state.
 */
final class FileScan {
  private static final int SLICES_A_THREAD = 4;

  private final Table table;
  private final Delivery delivery;

  private FileScan(Table table, Delivery delivery) {
    this.table = table;
    this.delivery = delivery;
  }

  /** What is known of the files: in the order of their paths, and none is at fault. */
  static List<FileProof> of(
      SparkSession spark, Table table, Delivery delivery, LimitsSettings limits) {
    return new FileScan(table, delivery).proofs(spark, delivery.feed().format(), limits);
  }

  private List<FileProof> proofs(SparkSession spark, FeedFormat format, LimitsSettings limits) {
    Map<String, String> stated = StatedHashes.of(spark, table, delivery);
    Set<Long> alike = alike();
    Set<String> hashed =
        delivery.files().stream()
            .filter(file -> !stated.isEmpty() || alike.contains(file.getLen()))
            .map(file -> file.getPath().toString())
            .collect(Collectors.toCollection(HashSet::new));
    Map<String, FileProof> found = new TreeMap<>();
    for (Row row : rows(spark, hashed, format, limits)) {
      FileProof proof = FileProof.of(row);
      found.put(proof.path(), proof);
    }
    found.values().forEach(proof -> check(proof, stated));
    return List.copyOf(found.values());
  }

  /** Lengths that more than one file has: only such files can be equal. */
  private Set<Long> alike() {
    Map<Long, Long> lengths = new HashMap<>();
    delivery.files().forEach(file -> lengths.merge(file.getLen(), 1L, Long::sum));
    lengths.values().removeIf(files -> files < 2);
    return lengths.keySet();
  }

  private List<Row> rows(
      SparkSession spark, Set<String> hashed, FeedFormat format, LimitsSettings limits) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(FeedFiles.configuration(spark)));
    List<String> paths =
        delivery.files().stream()
            .map(file -> (hashed.contains(file.getPath().toString()) ? "+" : "-") + length(file))
            .toList();
    int slices =
        Math.max(1, Math.min(paths.size(), SLICES_A_THREAD * context.defaultParallelism()));
    try {
      return context
          .parallelize(paths, slices)
          .map(
              text -> {
                int space = text.indexOf(' ');
                return FileProof.row(
                    text.substring(space + 1),
                    Long.parseLong(text.substring(1, space)),
                    text.charAt(0) == '+',
                    format,
                    limits,
                    hadoop.value().value());
              })
          .collect();
    } catch (RuntimeException e) {
      Refusals.rethrowTold(e);
      throw e;
    } catch (Exception e) { // Scala throws what Java does not know of
      Refusals.rethrowTold(e);
      throw new IllegalStateException(e);
    } finally {
      hadoop.destroy();
    }
  }

  private static String length(FileStatus file) {
    return file.getLen() + " " + file.getPath();
  }

  private void check(FileProof proof, Map<String, String> stated) {
    String shown = delivery.shown(proof.path());
    String wanted = stated.get(proof.path());
    if (wanted != null && !wanted.equals(proof.sha256())) {
      throw Refusals.broken(
          table,
          "%s has the SHA-256 %s, but %s is stated; it was changed or cut on its way: deliver it"
                  .formatted(shown, proof.sha256(), wanted)
              + " again, or state the right one in inputs.%s.delivery".formatted(table.name()));
    }
    if (proof.broken() != null) {
      throw Refusals.broken(table, shown + " " + proof.broken());
    }
    if (proof.unreadable() != null) {
      throw Refusals.unreadable(
          table, shown, name(delivery.feed().format()), proof.unreadable(), null);
    }
  }

  private static String name(FeedFormat format) {
    return switch (format) {
      case CSV, OPENCELLID -> "delimited text";
      case GEOJSON -> "GeoJSON";
      case GEOTIFF -> "GeoTIFF";
      case PARQUET, GEOPARQUET -> "Parquet";
    };
  }

  /** The files whose bytes are those of an earlier one, and which that is. */
  static Map<String, String> repeats(List<FileProof> proofs) {
    Map<String, String> first = new HashMap<>();
    Map<String, String> repeats = new TreeMap<>();
    for (FileProof proof : proofs) {
      if (proof.sha256() != null) {
        String earlier = first.putIfAbsent(proof.sha256(), proof.path());
        if (earlier != null) {
          repeats.put(proof.path(), earlier);
        }
      }
    }
    return repeats;
  }

  /**
   * The columns that some Parquet files have and others have not, in lower case, and in words which
   * files these are. Columns of two types are refused.
   */
  static Map<String, String> partly(Table table, List<FileProof> proofs) {
    Map<String, String> partly = new TreeMap<>();
    if (proofs.stream().map(FileProof::columns).distinct().count() < 2) {
      return partly;
    }
    Map<String, FileProof> having = new TreeMap<>();
    Map<String, String> types = new HashMap<>();
    for (FileProof proof : proofs) {
      columns(proof)
          .forEach(
              (column, type) -> {
                FileProof first = having.putIfAbsent(column, proof);
                String other = types.putIfAbsent(column, type);
                if (first != null && other != null && !other.equals(type)) {
                  throw Refusals.broken(
                      table,
                      "the column %s is %s in %s, but %s in %s; write the files again alike"
                          .formatted(column, other, first.name(), type, proof.name()));
                }
              });
    }
    Set<String> lacking = new TreeSet<>();
    for (FileProof proof : proofs) {
      lacking.clear();
      lacking.addAll(having.keySet());
      lacking.removeAll(columns(proof).keySet());
      for (String column : lacking) {
        partly.putIfAbsent(
            column,
            "%s has the column %s, and %s has not"
                .formatted(name(having, column), column, proof.name()));
      }
    }
    return partly;
  }

  private static String name(Map<String, FileProof> having, String column) {
    FileProof proof = having.get(column);
    return proof == null ? "" : proof.name();
  }

  private static Map<String, String> columns(FileProof proof) {
    @Nullable String columns = proof.columns();
    Map<String, String> lower = new TreeMap<>();
    if (columns != null) {
      ParquetProof.columns(columns)
          .forEach((name, type) -> lower.put(name.toLowerCase(java.util.Locale.ROOT), type));
    }
    return lower;
  }
}
