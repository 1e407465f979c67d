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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * A feed's rows as its files hold them, before they are mapped.
 *
 * @param rows the file's own columns, and {@link #FILE}, {@link #ROW} and {@link #FAULT}
 * @param textual whether the format knows no types, so that numbers may be texts
 * @param format the format's name, for messages
 */
record Source(Dataset<Row> rows, boolean textual, String format) {
  /** Name of the file that a row comes from. */
  static final String FILE = "_file";

  /** Number of the row in its file, from 1; null where the reader does not count. */
  static final String ROW = "_row";

  /** Why a row cannot be read at all; null where it can. */
  static final String FAULT = "_fault";

  /** The line that a reader of delimited text could not part into its columns. */
  static final String CORRUPT = "_corrupt";

  private static final List<String> OWN = List.of(FILE, ROW, FAULT, CORRUPT);

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

  /** The same rows with the columns derived that OpenCelliD's layout implies. */
  Source asOpenCellId() {
    Column network = when(length(col("net")).lt(2), lpad(col("net"), 2, "0")).otherwise(col("net"));
    return new Source(
        rows.withColumnRenamed("cell", "cell_number")
            .withColumn("operator", joined(col("mcc"), network))
            .withColumn("technology", col("radio"))
            .withColumn(
                "cell",
                joined(col("radio"), col("mcc"), col("net"), col("area"), col("cell_number"))),
        textual,
        format);
  }

  private static Column joined(Column... parts) {
    Column complete = lit(true);
    for (Column part : parts) {
      complete = complete.and(part.isNotNull());
    }
    return when(complete, concat_ws("-", parts));
  }
}
