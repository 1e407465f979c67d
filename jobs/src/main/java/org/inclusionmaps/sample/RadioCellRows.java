package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Radio cells as an operator's list tells them: some of what was built is not told. */
final class RadioCellRows {
  private static final double SILENT = 0.15;

  private RadioCellRows() {}

  static List<Row> of(Draws draws, Mast mast) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < mast.cells().size(); i++) {
      RadioCell cell = mast.cells().get(i);
      long id = mast.id() * 64 + i;
      boolean sector = cell.beamwidthDeg() < RadioCell.ALL_AROUND_DEG;
      rows.add(
          RowFactory.create(
              cell.id(),
              mast.operator().code(),
              cell.technology().label(),
              Frame.lon(mast.xKm()),
              Frame.lat(mast.yKm()),
              told(draws, mast.id() * 64, 0, mast.heightM()),
              sector ? told(draws, id, 1, cell.azimuthDeg()) : null,
              sector ? told(draws, id, 2, cell.beamwidthDeg()) : null,
              sector ? told(draws, id, 3, cell.tiltDeg()) : null,
              told(draws, id, 4, cell.frequencyMhz()),
              told(draws, id, 5, cell.eirpDbm()),
              null,
              null,
              null));
    }
    return rows;
  }

  private static @Nullable Double told(Draws draws, long id, long field, double value) {
    return draws.uniform(What.SILENT_FIELD, id, field) < SILENT ? null : value;
  }
}
