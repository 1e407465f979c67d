package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.List;

/** Puts a mast together: three sectors a technology, or one antenna without front. */
final class MastBuilder {
  private static final int BITS = 24;
  private static final double SECTOR_DEG = 65;

  private final Draws draws;
  private final Operator operator;
  private final long id;
  private final String name;
  private final List<RadioCell> cells = new ArrayList<>();
  private double xKm;
  private double yKm;
  private double heightM;

  MastBuilder(Draws draws, District district, Operator operator, int number) {
    this.draws = draws;
    this.operator = operator;
    this.id = ((long) district.index() << BITS) + number;
    this.name = "%s-%s-%04d".formatted(operator.code(), district.id(), number);
  }

  long id() {
    return id;
  }

  MastBuilder at(double x, double y) {
    xKm = x;
    yKm = y;
    return this;
  }

  /** About a height, m. */
  MastBuilder height(double planned) {
    double factor = StrictMath.exp(0.12 * draws.normal(What.HEIGHT, id));
    heightM = StrictMath.rint(StrictMath.max(12, planned * factor));
    return this;
  }

  /** Three cells that look 120 degrees apart. */
  MastBuilder sectors(Technology technology, double frequencyMhz) {
    double first = StrictMath.rint(120 * draws.uniform(What.SECTOR, id, 0));
    for (int sector = 0; sector < 3; sector++) {
      double tilt = StrictMath.rint(2 + 4 * draws.uniform(What.SECTOR, id, 1 + sector));
      add(technology, frequencyMhz, sector + 1, first + 120 * sector, SECTOR_DEG, tilt);
    }
    return this;
  }

  /** One cell that looks everywhere. */
  MastBuilder allAround(Technology technology, double frequencyMhz) {
    add(technology, frequencyMhz, 0, 0, RadioCell.ALL_AROUND_DEG, 0);
    return this;
  }

  private void add(
      Technology technology,
      double frequencyMhz,
      int sector,
      double azimuthDeg,
      double beamwidthDeg,
      double tiltDeg) {
    double noise = 1.2 * draws.normal(What.EIRP, id, 8L * technology.index() + sector);
    double eirp = StrictMath.rint(10 * (technology.eirpDbm() + noise)) / 10;
    String cell = "%s-%s-%d".formatted(name, technology.label(), sector);
    cells.add(
        new RadioCell(cell, technology, frequencyMhz, eirp, azimuthDeg, beamwidthDeg, tiltDeg));
  }

  Mast build() {
    return new Mast(id, operator, xKm, yKm, heightM, cells);
  }
}
