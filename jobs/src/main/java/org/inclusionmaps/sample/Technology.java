package org.inclusionmaps.sample;

/** Generations of radio technology, with what a handset of the made-up country needs. */
enum Technology {
  G2(0, "2G", 25, -92, 55),
  G3(1, "3G", 20, -99, 47),
  G4(2, "4G", 14.5, -104, 30.7),
  G5(3, "5G", 5, -106, 31.85);

  private final int index;
  private final String label;
  private final double limitKm;
  private final double neededDbm;
  private final double eirpDbm;

  Technology(int index, String label, double limitKm, double neededDbm, double eirpDbm) {
    this.index = index;
    this.label = label;
    this.limitKm = limitKm;
    this.neededDbm = neededDbm;
    this.eirpDbm = eirpDbm;
  }

  /** 0 to 3, older to newer. */
  int index() {
    return index;
  }

  /** As in tables. */
  String label() {
    return label;
  }

  /** Distance beyond which the network is set to refuse a handset, km. */
  double limitKm() {
    return limitKm;
  }

  /** Signal below which a handset has no service, dBm. */
  double neededDbm() {
    return neededDbm;
  }

  /** Power radiated on the reference channel, as planned, dBm. */
  double eirpDbm() {
    return eirpDbm;
  }
}
