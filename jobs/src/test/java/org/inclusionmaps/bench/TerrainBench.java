package org.inclusionmaps.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.inclusionmaps.radio.Bullington;
import org.inclusionmaps.radio.RadialSweep;
import org.inclusionmaps.radio.TerrainLoss;

/**
 * Losses over terrain at every cell of the raster of 100 m within 30 km of a mast, on one thread:
 * heights, Bullington's construction and the excess over smooth Earth, for one band and for four.
 * Run: {@code scripts/bench terrain}.
 */
public final class TerrainBench {
  private static final int CELLS = 300;
  private static final double STEP_M = 100;
  private static final double[] BANDS_MHZ = {800, 900, 1800, 2100};
  private static final int WARM = 6;
  private static final int RUNS = 9;

  /** The cells of the raster, each at its nearest sample, by radial. */
  private record Raster(List<int[]> samples, int cells) {}

  private TerrainBench() {}

  /** Measures mountains, hills and a plain. */
  public static void main(String[] arguments) {
    double km = CELLS * STEP_M / 1000;
    for (Relief relief : Relief.values()) {
      RadialSweep sweep = new RadialSweep(relief.ground(10, 10), STEP_M, km);
      Raster raster = raster(sweep);
      for (int bands : new int[] {1, BANDS_MHZ.length}) {
        double[] nanos = new double[RUNS];
        double sum = 0;
        for (int run = -WARM; run < RUNS; run++) {
          long start = Measure.threadCpuNanos();
          sum += sweep(sweep, raster, bands, 10 + 0.001 * run, 10);
          if (run >= 0) {
            nanos[run] = 1.0 * (Measure.threadCpuNanos() - start) / raster.cells / bands;
          }
        }
        Arrays.sort(nanos);
        System.out.printf(
            Locale.ROOT,
            "%-9s %d band%s: %5.1f ns a cell and band, %5.1f million a second (%.1f to %.1f ns;"
                + " mean excess %.2f dB; %,d cells)%n",
            relief.name().toLowerCase(Locale.ROOT),
            bands,
            bands == 1 ? " " : "s",
            nanos[RUNS / 2],
            1e3 / nanos[RUNS / 2],
            nanos[0],
            nanos[RUNS - 1],
            sum / (WARM + RUNS) / raster.cells / bands,
            raster.cells);
      }
    }
  }

  private static double sweep(RadialSweep sweep, Raster raster, int bands, double lon, double lat) {
    TerrainLoss[] losses = new TerrainLoss[bands];
    for (int band = 0; band < bands; band++) {
      losses[band] = LOSSES[band];
    }
    double clear = Bullington.clear(BANDS_MHZ[0]);
    double[] obstructions = new double[4 * CELLS];
    double sum = 0;
    sweep.mast(lon, lat);
    for (int radial = 0; radial < raster.samples.size(); radial++) {
      int[] samples = raster.samples.get(radial);
      if (samples.length > 0) {
        sweep.obstructions(radial, 30, 1.5, clear, samples, 0, samples.length, obstructions);
        for (TerrainLoss loss : losses) {
          for (int i = 0; i < samples.length; i++) {
            sum += loss.excessDb(samples[i], obstructions[i]);
          }
        }
      }
    }
    return sum;
  }

  private static final TerrainLoss[] LOSSES =
      Arrays.stream(BANDS_MHZ)
          .mapToObj(mhz -> new TerrainLoss(mhz, 30, 1.5, STEP_M, CELLS * STEP_M / 1000))
          .toArray(TerrainLoss[]::new);

  private static Raster raster(RadialSweep sweep) {
    List<List<Integer>> of = new ArrayList<>();
    for (int radial = 0; radial < sweep.radials(); radial++) {
      of.add(new ArrayList<>());
    }
    int cells = 0;
    for (int y = -CELLS; y <= CELLS; y++) {
      for (int x = -CELLS; x <= CELLS; x++) {
        double steps = Math.hypot(x, y);
        if (steps > 0 && steps <= CELLS) {
          of.get(sweep.radial(Math.atan2(x, y))).add(sweep.sample(steps * STEP_M / 1000));
          cells++;
        }
      }
    }
    List<int[]> samples =
        of.stream().map(on -> on.stream().mapToInt(s -> s).sorted().toArray()).toList();
    return new Raster(samples, cells);
  }
}
