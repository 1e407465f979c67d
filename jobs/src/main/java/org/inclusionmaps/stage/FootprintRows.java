package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.radio.FootprintCell;
import org.inclusionmaps.radio.Footprints;
import org.inclusionmaps.radio.SignalDominance;

/** The footprints of one coarse place after another, of which it holds the cells, row by row. */
final class FootprintRows implements Iterator<Row> {
  /** Where things stand in the row of a cell at a coarse place. */
  static final int OPERATOR_AT = 0;

  static final int CELL_AT = 1;
  static final int LON_AT = 2;
  static final int LAT_AT = 3;
  static final int RANGE_AT = 7;
  static final int ACROSS_AT = 10;
  static final int DOWN_AT = 11;
  static final int COARSE_AT = 12;

  /** Places are looked at in blocks of up to 49: whose parent so many steps up is the same. */
  private static final int BLOCK_STEPS = 2;

  /** One operator's cells near a coarse place. */
  private record Network(String operator, List<String> cells, Footprints footprints) {}

  private final Iterator<List<Row>> coarsePlaces;
  private final int resolution;
  private final double backLossDb;
  private final SignalDominance dominance;
  private final Footprints.Pruning pruning;

  private long[] blocks = {};
  private int nextBlock;
  private long[] places = {};
  private int place;
  private List<Network> networks = List.of();
  private int network;
  private int kept;
  private int row;

  /**
   * Footprints.
   *
   * @param sorted cells by coarse place, operator and cell
   * @param resolution of the places looked at
   */
  FootprintRows(
      Iterator<Row> sorted,
      int resolution,
      double backLossDb,
      SignalDominance dominance,
      Footprints.Pruning pruning) {
    coarsePlaces = new EqualRows(sorted, COARSE_AT);
    this.resolution = resolution;
    this.backLossDb = backLossDb;
    this.dominance = dominance;
    this.pruning = pruning;
  }

  @Override
  public boolean hasNext() {
    while (row == kept) {
      row = 0;
      kept = 0;
      if (++network < networks.size()) {
        kept = networks.get(network).footprints.at(place);
      } else if (++place < places.length) {
        network = -1;
      } else if (nextBlock < blocks.length) {
        approach(blocks[nextBlock++]);
      } else if (coarsePlaces.hasNext()) {
        begin(coarsePlaces.next());
      } else {
        return false;
      }
    }
    return true;
  }

  private void begin(List<Row> near) {
    long coarse = near.get(0).getLong(COARSE_AT);
    int steps = Math.min(BLOCK_STEPS, resolution - Places.resolution(coarse));
    blocks = Places.children(coarse, resolution - steps);
    nextBlock = 0;
    networks = networks(near);
    network = networks.size();
  }

  private void approach(long block) {
    places = Places.children(block, resolution);
    place = -1;
    double[] lon = new double[places.length];
    double[] lat = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      LonLat centre = Places.centre(places[i]);
      lon[i] = centre.lon();
      lat[i] = centre.lat();
    }
    networks.forEach(each -> each.footprints.approach(lon, lat));
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Network at = networks.get(network);
    int i = row++;
    return RowFactory.create(
        places[place],
        at.cells.get(at.footprints.cell(i)),
        at.operator,
        at.footprints.signalDbm(i),
        at.footprints.dominance(i),
        at.footprints.connectionProbability(i));
  }

  private List<Network> networks(List<Row> near) {
    SortedMap<String, List<Row>> byOperator = new TreeMap<>();
    near.forEach(
        cell ->
            byOperator
                .computeIfAbsent(cell.getString(OPERATOR_AT), o -> new ArrayList<>())
                .add(cell));
    List<Network> made = new ArrayList<>();
    byOperator.forEach(
        (operator, rows) ->
            made.add(
                new Network(
                    operator,
                    rows.stream().map(cell -> cell.getString(CELL_AT)).toList(),
                    new Footprints(
                        rows.stream().map(FootprintRows::cell).toList(),
                        backLossDb,
                        dominance,
                        pruning))));
    return made;
  }

  private static FootprintCell cell(Row row) {
    return new FootprintCell(
        row.getDouble(LON_AT),
        row.getDouble(LAT_AT),
        row.getDouble(LAT_AT + 1),
        row.getDouble(LAT_AT + 2),
        row.getDouble(LAT_AT + 3),
        row.getDouble(RANGE_AT),
        row.getDouble(RANGE_AT + 1),
        row.getDouble(RANGE_AT + 2),
        row.getDouble(ACROSS_AT),
        row.getDouble(DOWN_AT));
  }
}
