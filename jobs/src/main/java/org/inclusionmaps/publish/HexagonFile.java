package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;

/**
 * Hexagons for desktop maps and notebooks: one row a place, a group's figures side by side, so that
 * no outline lies on another. Columns of everybody have no ending; those of a group end with its
 * name.
 */
final class HexagonFile {
  private static final List<Part> BARRIERS =
      List.of(Part.UNCOVERED, Part.PRICED_OUT, Part.BURDENED, Part.UNAFFORDABLE, Part.HELD_BACK);

  private HexagonFile() {}

  static String folder(int resolution) {
    return "inclusion/resolution=" + resolution;
  }

  /** Writes the places of one resolution; gives the rows of each file. */
  static Map<String, Long> write(
      Dataset<Row> totals, List<Group> groups, Chunks chunks, int resolution, ReleaseFiles files) {
    List<Column> keep =
        List.of(
            chunks.file().as(GeoParquet.FILE),
            col(Tables.PLACE).as(GeoParquet.ORDER),
            text("h3", Places::address),
            Totals.mean(Totals.COVERAGE),
            Totals.mean(Totals.PRICE),
            col(Totals.BEST),
            barrier().as("barrier"),
            Totals.source(),
            udf((UDF1<Long, byte[]>) Outline::wkb, DataTypes.BinaryType)
                .withName("outline")
                .apply(col(Tables.PLACE))
                .as(GeoRowSupport.GEOMETRY));
    List<String> order = new ArrayList<>(List.of(GeoParquet.FILE, GeoParquet.ORDER, "h3"));
    groups.forEach(group -> order.addAll(Shown.names(group)));
    order.addAll(List.of(Totals.COVERAGE, Totals.PRICE, Totals.BEST, "barrier", Totals.SOURCE));
    order.add(GeoRowSupport.GEOMETRY);
    Dataset<Row> rows = Shown.figures(totals, keep, groups).select(Columns.all(order));
    return GeoParquet.write(rows, micro(groups), files, folder(resolution));
  }

  /** The columns that count persons. */
  static Set<String> micro(List<Group> groups) {
    Set<String> names = new LinkedHashSet<>();
    for (Group group : groups) {
      names.add(Totals.PERSONS + group.suffix());
      names.add(Totals.LACKING + group.suffix());
      for (Part part : Part.values()) {
        names.add(part.key() + group.suffix());
      }
    }
    return names;
  }

  /** The largest of the parts that keep people out; of equal ones the first in the list. */
  static Column barrier() {
    Column zero = lit(0L);
    Column largest = zero;
    for (Part part : BARRIERS) {
      largest = greatest(largest, Totals.of(part, Group.ALL));
    }
    Column barrier = when(Totals.known(Group.ALL).leq(zero), lit(Part.UNKNOWN.key()));
    for (Part part : BARRIERS) {
      Column here = Totals.of(part, Group.ALL);
      barrier = barrier.when(here.gt(zero).and(here.equalTo(largest)), lit(part.key()));
    }
    return barrier;
  }

  private static Column text(String name, UDF1<Long, String> of) {
    return udf(of, DataTypes.StringType).withName(name).apply(col(Tables.PLACE)).as(name);
  }
}
