package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.FeedFormat;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Table;

/**
 * Delimited text: UTF-8 with or without a byte order mark, quotes doubled inside quotes, one row a
 * line, gzip by the file's ending. All columns are read as text.
 */
final class DelimitedText {
  private DelimitedText() {}

  /** The columns of OpenCelliD's and Mozilla's cell lists, which may come without a header. */
  private static final List<String> OPEN_CELL_ID =
      List.of(
          "radio",
          "mcc",
          "net",
          "area",
          "cell",
          "unit",
          "lon",
          "lat",
          "range",
          "samples",
          "changeable",
          "created",
          "updated",
          "averageSignal");

  static Source read(SparkSession spark, Table table, Delivery delivery, List<FileProof> files) {
    FeedSettings feed = delivery.feed();
    FileStatus file = delivery.files().get(0);
    String first = firstLine(spark, table, file);
    boolean openCellId = feed.format() == FeedFormat.OPENCELLID;
    boolean header = !openCellId || first.startsWith("radio");
    StructType schema =
        header
            ? reader(spark, feed, true).csv(file.getPath().toString()).schema()
            : texts(OPEN_CELL_ID.subList(0, Math.min(14, width(first, feed.delimiter()))));
    int columns = schema.size();
    DataFrameReader reader =
        reader(spark, feed, header).schema(schema.add(Source.CORRUPT, DataTypes.StringType));
    String base = delivery.base();
    if (base != null) {
      reader = reader.option("basePath", base);
    }
    Dataset<Row> rows =
        Source.ofFiles(
            reader.csv(delivery.paths().toArray(String[]::new)),
            FileScan.repeats(files).keySet(),
            lit(null),
            when(
                col(Source.CORRUPT).isNotNull(),
                lit("the line does not have " + columns + " columns")));
    Source source = new Source(rows, true, openCellId ? "OpenCelliD" : "delimited text");
    return isOpenCellId(source, table, openCellId) ? source.asOpenCellId() : source;
  }

  private static boolean isOpenCellId(Source source, Table table, boolean stated) {
    boolean cells = table.find("technology").isPresent() && table.find("cell").isPresent();
    boolean layout =
        OPEN_CELL_ID.subList(0, 5).stream().allMatch(name -> source.find(name).isPresent());
    if (stated && !cells) {
      throw Refusals.setting(table, ".format is opencellid, which holds radio_cells only");
    }
    if (stated && !layout) {
      throw Refusals.broken(
          table,
          "the columns are %s, but OpenCelliD's are %s; correct inputs.%s.format"
              .formatted(
                  String.join(", ", source.columns()),
                  String.join(", ", OPEN_CELL_ID),
                  table.name()));
    }
    return cells && layout;
  }

  private static DataFrameReader reader(SparkSession spark, FeedSettings feed, boolean header) {
    return spark
        .read()
        .option("header", header)
        .option("sep", feed.delimiter())
        .option("quote", "\"")
        .option("escape", "\"")
        .option("encoding", "UTF-8")
        .option("ignoreLeadingWhiteSpace", "true")
        .option("ignoreTrailingWhiteSpace", "true")
        .option("mode", "PERMISSIVE")
        .option("columnPruning", "false")
        .option("enforceSchema", "false")
        .option("columnNameOfCorruptRecord", Source.CORRUPT);
  }

  private static String firstLine(SparkSession spark, Table table, FileStatus file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(FeedFiles.open(spark, file.getPath()), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      if (line == null) {
        throw Refusals.broken(
            table, file.getPath().getName() + " is empty; deliver the feed again");
      }
      return line.startsWith("\uFEFF") ? line.substring(1) : line;
    } catch (IOException e) {
      throw Refusals.unreadable(table, file.getPath().toString(), "delimited text", e);
    }
  }

  private static int width(String line, String delimiter) {
    return line.split(java.util.regex.Pattern.quote(delimiter), -1).length;
  }

  private static StructType texts(List<String> names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema;
  }
}
