package org.inclusionmaps.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.inclusionmaps.radio.BestServers;
import org.inclusionmaps.radio.Environment;
import org.inclusionmaps.radio.LinkBudget;
import org.inclusionmaps.radio.RadioCell;
import org.inclusionmaps.radio.Receivers;

/**
 * Pairs of cell and receiver a second in the kernel of coverage, on one thread: a city of 10,000
 * cells of one technology and 2,000 places of 7 receivers within 0.4 degrees. Run: {@code java -cp
 * jobs/target/test-classes:jobs/target/classes:... org.inclusionmaps.bench.CoverageBench}.
 */
public final class CoverageBench {
  private static final int CELLS = 10_000;
  private static final int PLACES = 2000;
  private static final int POINTS = 7;

  private CoverageBench() {}

  /** Prints a line for each frequency and kind of antenna. */
  public static void main(String[] arguments) {
    for (double mhz : new double[] {1800, 3500}) {
      for (double beam : new double[] {360, 65}) {
        for (int run = 0; run < 3; run++) {
          measure(mhz, beam);
        }
      }
    }
  }

  private static void measure(double mhz, double beam) {
    Random random = new Random(1);
    List<RadioCell> cells = new ArrayList<>();
    for (int i = 0; i < CELLS; i++) {
      double azimuth = 120.0 * random.nextInt(3);
      double lon = 0.4 * random.nextDouble();
      double lat = 0.4 * random.nextDouble();
      cells.add(new RadioCell(lon, lat, 30, mhz, 30.2, azimuth, beam, Double.NaN, 20, 0));
    }
    LinkBudget link = new LinkBudget(3, 1.5, 8);
    long start = System.nanoTime();
    BestServers servers = new BestServers(link, -105, cells, new BestServers.Memory());
    double sum = 0;
    for (int place = 0; place < PLACES; place++) {
      sum += servers.at(place(random)).map(BestServers.Service::outdoor).orElse(0.0);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%.0f MHz, beam %.0f: %.2f s, %.0f million pairs/s (mean probability %.4f)%n",
        mhz,
        beam,
        seconds,
        1e-6 * CELLS * PLACES * POINTS / seconds,
        sum / PLACES);
  }

  private static Receivers place(Random random) {
    double[] lon = new double[POINTS];
    double[] lat = new double[POINTS];
    long[] persons = new long[POINTS];
    double lon0 = 0.4 * random.nextDouble();
    double lat0 = 0.4 * random.nextDouble();
    for (int i = 0; i < POINTS; i++) {
      lon[i] = lon0 + 0.005 * random.nextDouble();
      lat[i] = lat0 + 0.005 * random.nextDouble();
      persons[i] = 1;
    }
    return new Receivers(Environment.SUBURBAN, lon, lat, persons);
  }
}
