package org.inclusionmaps.publish.desktop;

import static org.apache.spark.sql.functions.col;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Columns;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/**
 * Indicators as text, one row a figure, with the names of areas, in UTF-8. {@link Csv} says how a
 * value is written; an absent one is an empty field.
 */
public final class IndicatorCsv {
  public static final String NAME = "indicators.csv";

  /** A regular expression for what stands before a text that a spreadsheet would run. */
  public static final String APOSTROPHE = Csv.APOSTROPHE;

  /** The columns, in order. */
  static final List<String> HEADER = header();

  private IndicatorCsv() {}

  private static List<String> header() {
    List<String> header = new ArrayList<>(List.of("level", "area", "name", "parent"));
    Tables.INDICATORS.columns().stream().filter(c -> !header.contains(c)).forEach(header::add);
    return List.copyOf(header);
  }

  /** Writes the file; gives its rows. */
  public static long write(Dataset<Row> indicators, Dataset<Row> areas, ReleaseFiles files) {
    Dataset<Row> named = areas.select(Tables.AREA, "level", "name", "parent");
    Iterator<Row> rows =
        indicators
            .join(named, Columns.of(Tables.AREA), "left")
            .select(HEADER.stream().map(c -> col(c)).toArray(Column[]::new))
            .orderBy("level", "area", "indicator", "sex", "age_band", "disability")
            .toLocalIterator();
    long count = 0;
    try (Writer out =
        new BufferedWriter(new OutputStreamWriter(files.create(NAME), StandardCharsets.UTF_8))) {
      out.write(String.join(",", HEADER) + "\r\n");
      while (rows.hasNext()) {
        out.write(line(rows.next()));
        count++;
      }
    } catch (IOException e) {
      throw files.unwritable(NAME, e);
    }
    return count;
  }

  private static String line(Row row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length(); i++) {
      line.append(i == 0 ? "" : ",").append(Csv.field(row.get(i)));
    }
    return line.append("\r\n").toString();
  }
}
