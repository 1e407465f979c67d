package org.inclusionmaps.sample;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The country: which cells of the lattice are land, their provinces and how many live where. */
final class Land implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Code of the country, one of those that ISO 3166 leaves to its users. */
  static final String COUNTRY = "XA";

  static final String COUNTRY_NAME = "Salumara";

  /** Width of a district, km, before its border is bent. */
  static final double DISTRICT_KM = 18;

  private static final double COAST = 0.96;
  private static final double COAST_ROUGHNESS = 0.13;

  private final int cells;
  private final int[] indexOfCell;
  private final List<District> districts;
  private final List<String> provinceNames;

  private Land(int cells, int[] indexOfCell, List<District> districts, List<String> provinces) {
    this.cells = cells;
    this.indexOfCell = indexOfCell;
    this.districts = districts;
    this.provinceNames = provinces;
  }

  /** The districts, south to north and west to east. */
  List<District> districts() {
    return districts;
  }

  /** The provinces' names. */
  List<String> provinceNames() {
    return provinceNames;
  }

  /** The id of a province. */
  static String provinceId(int province) {
    return "%s-%02d".formatted(COUNTRY, province + 1);
  }

  /** Half the side of the square that holds the land before its borders are bent, km. */
  double halfKm() {
    return cells * DISTRICT_KM / 2;
  }

  /** The middle of a district before its border is bent, [x, y] in km. */
  double[] middle(District district) {
    return new double[] {
      (district.column() + 0.5 - cells / 2.0) * DISTRICT_KM,
      (district.row() + 0.5 - cells / 2.0) * DISTRICT_KM
    };
  }

  /** The districts at most some cells away, itself too, in the order of their index. */
  List<District> near(District district, int reach) {
    List<District> near = new ArrayList<>();
    for (int row = district.row() - reach; row <= district.row() + reach; row++) {
      for (int column = district.column() - reach; column <= district.column() + reach; column++) {
        if (row >= 0 && row < cells && column >= 0 && column < cells) {
          int index = indexOfCell[row * cells + column];
          if (index >= 0) {
            near.add(districts.get(index));
          }
        }
      }
    }
    return near;
  }

  /** Makes the country of a seed and a scale. */
  static Land of(SampleSettings settings) {
    Draws draws = new Draws(settings.seed());
    int cells =
        (int) StrictMath.max(3, StrictMath.round(8 * StrictMath.pow(settings.scale(), 0.375)));
    Borders borders = new Borders(draws, cells, DISTRICT_KM);
    boolean[] land = island(draws, borders);
    List<int[]> where = new ArrayList<>();
    int[] indexOfCell = new int[cells * cells];
    Arrays.fill(indexOfCell, -1);
    for (int cell = 0; cell < land.length; cell++) {
      if (land[cell]) {
        indexOfCell[cell] = where.size();
        where.add(new int[] {cell % cells, cell / cells});
      }
    }
    int provinces =
        (int) StrictMath.min(where.size() / 2, StrictMath.round(5 * settings.crowding()));
    int[] provinceOf = provinces(where, provinces);
    List<Peopling> peopling = Peopling.of(settings, borders, where, provinceOf, provinces);
    List<District> districts = new ArrayList<>();
    int[] inProvince = new int[provinces];
    for (int i = 0; i < where.size(); i++) {
      int province = provinceOf[i];
      int[] cell = where.get(i);
      districts.add(
          new District(
              i,
              "%s-%03d".formatted(provinceId(province), ++inProvince[province]),
              Names.of(draws, 1_000 + i),
              province,
              cell[0],
              cell[1],
              borders.ring(cell[0], cell[1]),
              peopling.get(i).seatKind(),
              peopling.get(i).seatPersons(),
              peopling.get(i).ruralPersons()));
    }
    List<String> names = new ArrayList<>();
    for (int p = 0; p < provinces; p++) {
      names.add(Names.of(draws, p));
    }
    return new Land(cells, indexOfCell, districts, names);
  }

  /** The lattice cells of the largest island within a rough circle. */
  private static boolean[] island(Draws draws, Borders borders) {
    int cells = borders.cells();
    double halfKm = cells * borders.cellKm() / 2;
    Noise coast = new Noise(draws, What.LAND, halfKm / 1.5);
    boolean[] land = new boolean[cells * cells];
    for (int cell = 0; cell < land.length; cell++) {
      double[] at = borders.middle(cell % cells, cell / cells);
      double away = StrictMath.hypot(at[0], at[1]) / halfKm;
      land[cell] = away + COAST_ROUGHNESS * coast.at(0, at[0], at[1]) < COAST;
    }
    boolean[] largest = new boolean[land.length];
    int most = 0;
    for (int start = 0; start < land.length; start++) {
      if (land[start]) {
        boolean[] island = flood(land, start, cells);
        int size = 0;
        for (boolean cell : island) {
          size += cell ? 1 : 0;
        }
        if (size > most) {
          most = size;
          largest = island;
        }
      }
    }
    return largest;
  }

  /** The cells joined to one by sides; they are taken out of the map. */
  private static boolean[] flood(boolean[] land, int start, int cells) {
    boolean[] island = new boolean[land.length];
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    land[start] = false;
    while (!open.isEmpty()) {
      int cell = open.pop();
      island[cell] = true;
      int column = cell % cells;
      int[] beside = {
        column > 0 ? cell - 1 : -1, column < cells - 1 ? cell + 1 : -1, cell - cells, cell + cells
      };
      for (int other : beside) {
        if (other >= 0 && other < land.length && land[other]) {
          land[other] = false;
          open.push(other);
        }
      }
    }
    return island;
  }

  /** The nearest of centres that lie as far from each other as they can. */
  private static int[] provinces(List<int[]> where, int provinces) {
    int[] provinceOf = new int[where.size()];
    double[] nearest = new double[where.size()];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int centre = 0;
    for (int p = 0; p < provinces; p++) {
      int next = 0;
      for (int i = 0; i < where.size(); i++) {
        double away =
            StrictMath.hypot(
                where.get(i)[0] - where.get(centre)[0], where.get(i)[1] - where.get(centre)[1]);
        if (away < nearest[i]) {
          nearest[i] = away;
          provinceOf[i] = p;
        }
        if (nearest[i] > nearest[next]) {
          next = i;
        }
      }
      centre = next;
    }
    return provinceOf;
  }
}
