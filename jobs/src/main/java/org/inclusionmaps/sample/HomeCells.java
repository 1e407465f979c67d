package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The radio cells that a phone at a home may be connected to: of each operator the strongest few,
 * by the same signals that decide which networks serve the home.
 */
final class HomeCells {
  static final StructType SCHEMA =
      new StructType()
          .add("home", DataTypes.LongType, false)
          .add("home_operators", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("home_cells", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("home_dbm", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  /** Cells of an operator that are kept at a home. */
  private static final int MOST_CELLS = 4;

  /** How much the signal of a cell differs from phone to phone, dB. */
  private static final double SPREAD_DB = 3;

  private final Propagation propagation;

  HomeCells(Propagation propagation) {
    this.propagation = propagation;
  }

  private record Heard(Mast mast, RadioCell cell, double dbm) {}

  /** The cells at a home, the strongest of each operator first. */
  Row at(Home home, List<Mast> masts) {
    double x = Frame.xKm(home.lon());
    double y = Frame.yKm(home.lat());
    double clutterDb = propagation.clutterDb(home.personsPerKm2(), x, y);
    List<Integer> operators = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Double> signals = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      List<Heard> heard = new ArrayList<>();
      for (Mast mast : masts) {
        if (mast.operator() == operator && mast.kmTo(x, y) < Technology.G2.limitKm()) {
          of(mast, x, y, clutterDb, heard);
        }
      }
      for (Heard cell : behindRidges(strongest(heard), x, y)) {
        operators.add(operator.index());
        names.add(cell.cell().id());
        signals.add(cell.dbm());
      }
    }
    return RowFactory.create(home.id(), operators.toArray(), names.toArray(), signals.toArray());
  }

  private void of(Mast mast, double x, double y, double clutterDb, List<Heard> heard) {
    double shadow = propagation.shadowDb(mast.id(), x, y);
    for (RadioCell cell : mast.cells()) {
      double dbm = Reach.flatDbm(mast, cell, x, y, clutterDb) + shadow;
      if (mast.kmTo(x, y) < cell.technology().limitKm() && dbm >= cell.technology().neededDbm()) {
        heard.add(new Heard(mast, cell, dbm));
      }
    }
  }

  private static List<Heard> strongest(List<Heard> heard) {
    return heard.stream()
        .sorted(
            Comparator.comparingDouble((Heard of) -> -of.dbm()).thenComparing(of -> of.cell().id()))
        .limit(MOST_CELLS)
        .toList();
  }

  private List<Heard> behindRidges(List<Heard> heard, double x, double y) {
    Map<Long, double[]> ways = new HashMap<>();
    List<Heard> behind = new ArrayList<>();
    for (Heard of : heard) {
      Mast mast = of.mast();
      double[] way =
          ways.computeIfAbsent(
              mast.id(),
              any -> propagation.obstruction(mast.xKm(), mast.yKm(), mast.heightM(), x, y));
      double ridge = Propagation.ridgeDb(way, of.cell().frequencyMhz());
      behind.add(new Heard(mast, of.cell(), of.dbm() - ridge));
    }
    return strongest(behind);
  }

  /** The cell that a SIM is connected to at home; none where its operator has no signal. */
  static @Nullable String of(Row home, Operator operator, long sim, Draws draws) {
    List<Integer> operators = home.getList(home.fieldIndex("home_operators"));
    List<String> cells = home.getList(home.fieldIndex("home_cells"));
    List<Double> signals = home.getList(home.fieldIndex("home_dbm"));
    String best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < cells.size(); i++) {
      if (operators.get(i) == operator.index()) {
        double dbm = signals.get(i) + SPREAD_DB * draws.normal(What.HOME_CELL, sim, i);
        if (dbm > most) {
          most = dbm;
          best = cells.get(i);
        }
      }
    }
    return best;
  }
}
