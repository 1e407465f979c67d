package org.inclusionmaps.operations;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkBuildInfo;
import org.apache.spark.SparkConf;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.store.SmallFiles;

/** Whether a machine is fit to run: each thing that it looks at is a {@link Finding}. */
public final class Doctor {
  private static final int OLDEST_JAVA = 17;
  private static final String SPARK = "4.1.";
  private static final long LEAST_HEAP = 800L << 20; // with less the smallest benchmark fails
  private static final long LEAST_DISK = 2L << 30;
  private static final double GIB = 1L << 30;

  private final SparkConf spark;
  private final Configuration hadoop;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * What was looked at, and how it is.
   *
   * @param what is looked at
   * @param found in words
   * @param code what a run would end with; null if it is as it should be
   * @param remedy what to do; empty if nothing
   */
  public record Finding(
      String what,
      String found,
      @org.jspecify.annotations.Nullable ErrorCode code,
      String remedy) {}

  /** A look into what a feed's path names. */
  @FunctionalInterface
  public interface Look {
    /**
     * Looks at a feed that can be opened.
     *
     * @return what was looked at, in words; empty if nothing
     * @throws InclusionException if a run would refuse it
     */
    String at(String table, String path, Configuration hadoop) throws IOException;
  }

  private Doctor(SparkConf spark) {
    this.spark = spark;
    this.hadoop = new Configuration();
    for (scala.Tuple2<String, String> setting : spark.getAll()) {
      if (setting._1.startsWith("spark.hadoop.")) {
        hadoop.set(setting._1.substring("spark.hadoop.".length()), setting._2);
      }
    }
  }

  /**
   * Looks at the machine without starting Spark.
   *
   * @param output folder that runs would write to; empty: not known
   * @param inputs table to paths of its feeds
   * @param look at the feeds that are there
   */
  public static List<Finding> examine(
      SparkConf spark, String output, Map<String, List<String>> inputs, Look look) {
    Doctor doctor = new Doctor(spark);
    doctor.java();
    doctor.spark();
    doctor.natives();
    doctor.disks(output);
    inputs.forEach((table, paths) -> paths.forEach(path -> doctor.input(table, path, look)));
    return List.copyOf(doctor.findings);
  }

  private void java() {
    int version = Runtime.version().feature();
    judge(
        version >= OLDEST_JAVA,
        "Java",
        Runtime.version() + " of " + System.getProperty("java.vendor"),
        ErrorCode.SETTINGS_WRONG,
        "use JDK 17");
    judge(
        Object.class.getModule().isOpen("java.nio", Doctor.class.getModule()),
        "Java options",
        "java.nio is open to Spark: "
            + yes(Object.class.getModule().isOpen("java.nio", Doctor.class.getModule())),
        ErrorCode.SETTINGS_WRONG,
        "start by scripts/inclusion or spark-submit, which set them");
    long heap = Runtime.getRuntime().maxMemory();
    judge(
        heap >= LEAST_HEAP,
        "heap of the driver",
        gib(heap) + ", " + Runtime.getRuntime().availableProcessors() + " processors",
        ErrorCode.RESOURCES_EXHAUSTED,
        "give more: INCLUSION_MEMORY, or --driver-memory");
    good(
        "time zone and language",
        TimeZone.getDefault().getID()
            + ", "
            + System.getProperty("user.language")
            + ", "
            + Charset.defaultCharset());
  }

  private void spark() {
    String version = SparkBuildInfo.spark_version();
    judge(
        version.startsWith(SPARK),
        "Spark",
        version,
        ErrorCode.SETTINGS_WRONG,
        "use Spark " + SPARK + "x");
    String zone = spark.get("spark.sql.session.timeZone", "that of Java");
    judge(
        zone.equals("UTC"),
        "Spark's time zone",
        zone,
        ErrorCode.SETTINGS_WRONG,
        "set spark.sql.session.timeZone to UTC: conf/spark-defaults.conf does");
    boolean checked = hadoop.getBoolean("parquet.page.verify-checksum.enabled", false);
    judge(
        checked,
        "checksums of Parquet pages",
        checked ? "are checked" : "are not checked: a flipped bit is a wrong number",
        ErrorCode.SETTINGS_WRONG,
        "set spark.hadoop.parquet.page.verify-checksum.enabled to true: conf/spark-defaults.conf does");
  }

  private void natives() {
    loads("H3", () -> com.uber.h3core.H3Core.newInstance().latLngToCell(0, 0, 7));
    loads("SQLite", () -> org.sqlite.SQLiteJDBCLoader.initialize());
    loads("zstd", () -> com.github.luben.zstd.Zstd.compress(new byte[] {1, 2, 3}));
  }

  /** Something of a native library. */
  @FunctionalInterface
  private interface Native {
    Object use() throws Exception;
  }

  private void loads(String name, Native library) {
    try {
      library.use();
      good("library of " + name, "loads");
    } catch (Exception | LinkageError e) {
      bad(
          "library of " + name,
          "does not load: " + e,
          ErrorCode.INTERNAL,
          "java.io.tmpdir ("
              + System.getProperty("java.io.tmpdir")
              + ") must allow to run what lies in it");
    }
  }

  private void disks(String output) {
    for (String folder :
        spark.get("spark.local.dir", System.getProperty("java.io.tmpdir")).split(",", -1)) {
      disk("temporary files (spark.local.dir)", folder.strip());
    }
    if (!output.isEmpty()) {
      disk("output", output);
    }
  }

  private void disk(String what, String folder) {
    try {
      FileSystem files = new Path(folder).getFileSystem(hadoop);
      Path path = files.makeQualified(new Path(folder));
      Path there = path;
      while (!files.exists(there) && there.getParent() != null) {
        there = there.getParent();
      }
      Path probe = new Path(path, "_doctor-" + UUID.randomUUID());
      try {
        SmallFiles.create(files, probe, new byte[] {1});
      } finally {
        files.delete(probe, /* recursive= */ false);
        for (Path made = path; !there.equals(made) && files.exists(made); made = made.getParent()) {
          files.delete(made, /* recursive= */ false);
        }
      }
      long free = free(files, there);
      judge(
          free >= LEAST_DISK,
          what,
          folder + " can be written, " + gib(free) + " free",
          ErrorCode.RESOURCES_EXHAUSTED,
          "free disk, or name another folder");
    } catch (IOException | RuntimeException e) {
      bad(
          what,
          folder + " cannot be written: " + e.getMessage(),
          ErrorCode.RESOURCES_EXHAUSTED,
          "give the user of the job the right to write there");
    }
  }

  /**
   * Bytes that this user may still write. Hadoop's count of a local disk has the blocks that are
   * kept for the superuser in it.
   */
  private static long free(FileSystem files, Path there) throws IOException {
    return files.getUri().getScheme().equals("file")
        ? Files.getFileStore(java.nio.file.Path.of(there.toUri().getPath())).getUsableSpace()
        : files.getStatus(there).getRemaining();
  }

  private void input(String table, String address, Look look) {
    try {
      Path path = new Path(address);
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus[] found = files.globStatus(path);
      if (found == null || found.length == 0) {
        bad(
            "feed " + table,
            "no file at " + address,
            ErrorCode.INPUT_MISSING,
            "put the feed there, or correct inputs." + table);
        return;
      }
      for (FileStatus file : found) {
        if (file.isFile()) {
          try (var in = files.open(file.getPath())) {
            in.read();
          }
        } else {
          files.listStatus(file.getPath());
        }
      }
      String seen = look.at(table, address, hadoop);
      good("feed " + table, address + " can be read" + (seen.isEmpty() ? "" : "; " + seen));
    } catch (InclusionException e) {
      String code = "[" + e.code() + "] ";
      String told = String.valueOf(e.getMessage());
      bad(
          "feed " + table,
          told.startsWith(code) ? told.substring(code.length()) : told,
          e.code(),
          e.remedy());
    } catch (IOException | RuntimeException e) {
      bad(
          "feed " + table,
          address + " cannot be read: " + e.getMessage(),
          ErrorCode.INPUT_MISSING,
          "give the user of the job the right to read it");
    }
  }

  private void judge(boolean fit, String what, String found, ErrorCode code, String remedy) {
    if (fit) {
      good(what, found);
    } else {
      bad(what, found, code, remedy);
    }
  }

  private void good(String what, String found) {
    findings.add(new Finding(what, found, null, ""));
  }

  private void bad(String what, String found, ErrorCode code, String remedy) {
    findings.add(new Finding(what, found, code, remedy));
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }

  private static String yes(boolean holds) {
    return holds ? "yes" : "no";
  }
}
