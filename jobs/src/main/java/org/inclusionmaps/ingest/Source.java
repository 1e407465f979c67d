package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A feed's rows as its files hold them, before they are mapped.
 *
 * @param rows the file's own columns, and {@link #FILE}, {@link #ROW}, {@link #FAULT}, {@link
 *     #STORED} and {@link #REPEAT}
 * @param textual whether the format knows no types, so that numbers may be texts
 * @param format the format's name, for messages
 */
record Source(Dataset<Row> rows, boolean textual, String format) {
  /** Name of the file that a row comes from. */
  static final String FILE = "_file";

  /** Number of the row in its file, from 1; null where the reader does not count. */
  static final String ROW = "_row";

  /** Why a row cannot be read at all, in GeoJSON for its geometry; null where it can. */
  static final String FAULT = "_fault";

  /** Stored bytes of the row's file, where its rows are measured as they are decoded; else null. */
  static final String STORED = "_stored";

  /** Whether the row's file has the bytes of an earlier one. */
  static final String REPEAT = "_repeat";

  /** The line that a reader of delimited text could not part into its columns. */
  static final String CORRUPT = "_corrupt";

  private static final List<String> OWN = List.of(FILE, ROW, FAULT, STORED, REPEAT, CORRUPT);

  /**
   * The rows of files that Spark reads, with the columns that tell where each is from.
   *
   * @param repeats the files whose bytes are those of an earlier one
   * @param stored {@link #STORED}
   * @param fault {@link #FAULT}
   */
  static Dataset<Row> ofFiles(Dataset<Row> rows, Set<String> repeats, Column stored, Column fault) {
    Column repeat =
        repeats.isEmpty()
            ? lit(false)
            : col("_metadata.file_path")
                .isin(repeats.stream().map(path -> new Path(path).toUri().toString()).toArray());
    return rows.withColumn(FILE, col("_metadata.file_name"))
        .withColumn(ROW, lit(null).cast(DataTypes.LongType))
        .withColumn(FAULT, fault)
        .withColumn(STORED, stored.cast(DataTypes.LongType))
        .withColumn(REPEAT, repeat);
  }

  /** The file's own columns. */
  List<String> columns() {
    return Arrays.stream(rows.columns()).filter(name -> !OWN.contains(name)).toList();
  }

  /** The file's column of this name, whatever its case. */
  Optional<String> find(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return columns().stream()
        .filter(column -> column.toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  /** The type of a column that is there. */
  DataType type(String column) {
    return rows.schema().apply(column).dataType();
  }

  /**
   * The same rows with the columns derived that OpenCelliD's layout implies.
   *
   * <p>A cell's place is the mean of measurements, and {@code range} how far they lie apart: not
   * how far the cell reaches. Cells of one mast are told by their number: in LTE and NR it is 256
   * times the station's and the sector's (3GPP TS 36.413, section 9.2.1.37); in GSM and UMTS
   * operators make the last digit of its lower 16 bits the sector, within a location area.
   */
  Source asOpenCellId() {
    Column network = when(length(col("net")).lt(2), lpad(col("net"), 2, "0")).otherwise(col("net"));
    return new Source(
        rows.withColumnRenamed("cell", "cell_number")
            .withColumnRenamed("range", "location_error_m")
            .withColumn("site", site())
            .withColumn("operator", joined(col("mcc"), network))
            .withColumn("technology", col("radio"))
            .withColumn(
                "cell",
                joined(col("radio"), col("mcc"), col("net"), col("area"), col("cell_number"))),
        textual,
        format);
  }

  /** The number of a cell's mast among those of its operator; null where it cannot be told. */
  private static Column site() {
    Column number = functions.expr("try_cast(cell_number as bigint)");
    return when(
            col("radio").isin("LTE", "NR"),
            joined(col("radio"), number.divide(256).cast(DataTypes.LongType)))
        .otherwise(
            joined(
                col("radio"),
                col("area"),
                number.bitwiseAND(0xFFFF).divide(10).cast(DataTypes.LongType)));
  }

  private static Column joined(Column... parts) {
    Column complete = lit(true);
    for (Column part : parts) {
      complete = complete.and(part.isNotNull());
    }
    return when(complete, concat_ws("-", parts));
  }
}
