package org.inclusionmaps.bench;

import java.util.Random;
import org.inclusionmaps.radio.Ground;

/** Made-up ground of 3 seconds of arc: seven octaves of noise from 24 km down to 400 m. */
enum Relief {
  MOUNTAINS(700),
  HILLS(80),
  PLAIN(3);

  static final int PER_DEGREE = 1200;
  private static final int SIDE = 1100;
  private static final int COARSEST = 256;
  private static final int OCTAVES = 7;

  /** Standard deviation of the coarsest octave, m; each finer one has half of the one before. */
  private final double sigmaM;

  Relief(double sigmaM) {
    this.sigmaM = sigmaM;
  }

  /** A window around a place, degrees. */
  Ground ground(double lon, double lat) {
    int row = (int) ((90 - lat) * PER_DEGREE) - SIDE / 2;
    int column = (int) ((lon + 180) * PER_DEGREE) - SIDE / 2;
    Ground ground = new Ground(PER_DEGREE, row, column, SIDE, SIDE);
    ground.put(row, column, SIDE, heights(SIDE, SIDE, 1));
    return ground;
  }

  /** Heights in half-metres, two bytes each, at least 0. */
  byte[] heights(int rows, int columns, long seed) {
    double[] heights = new double[rows * columns];
    Random random = new Random(seed);
    for (int octave = 0; octave < OCTAVES; octave++) {
      addOctave(heights, columns, COARSEST >> octave, sigmaM / (1 << octave), random);
    }
    byte[] big = new byte[2 * heights.length];
    for (int i = 0; i < heights.length; i++) {
      int half = (int) Math.rint(2 * Math.max(0, 3 * sigmaM + heights[i]));
      big[2 * i] = (byte) (half >> 8);
      big[2 * i + 1] = (byte) half;
    }
    return big;
  }

  private static void addOctave(
      double[] heights, int columns, int cell, double sigma, Random random) {
    int rows = heights.length / columns;
    int across = columns / cell + 2;
    double[] knots = new double[(rows / cell + 2) * across];
    for (int i = 0; i < knots.length; i++) {
      knots[i] = sigma * random.nextGaussian();
    }
    for (int y = 0; y < rows; y++) {
      double py = smooth((double) (y % cell) / cell);
      for (int x = 0; x < columns; x++) {
        double px = smooth((double) (x % cell) / cell);
        int at = y / cell * across + x / cell;
        double north = knots[at] + px * (knots[at + 1] - knots[at]);
        double south = knots[at + across] + px * (knots[at + across + 1] - knots[at + across]);
        heights[y * columns + x] += north + py * (south - north);
      }
    }
  }

  private static double smooth(double part) {
    return part * part * (3 - 2 * part);
  }
}
