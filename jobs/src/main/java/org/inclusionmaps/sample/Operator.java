package org.inclusionmaps.sample;

/** The three network operators. Mobile country code 999 is for internal use and is no country's. */
enum Operator {
  /** Was the state's monopoly: the widest network and the highest prices. */
  INCUMBENT(0, "999-01", 0.5),
  /** Builds in towns and along the roads between them. */
  CHALLENGER(1, "999-02", 0.3),
  /** Builds where the money is: in the capital and the cities, and sells cheaply. */
  CITY(2, "999-03", 0.2);

  private final int index;
  private final String code;
  private final double liking;

  Operator(int index, String code, double liking) {
    this.index = index;
    this.code = code;
    this.liking = liking;
  }

  /** 0 to 2. */
  int index() {
    return index;
  }

  /** Country and network code. */
  String code() {
    return code;
  }

  /** How much people like it where all three are on offer; the likings sum to 1. */
  double liking() {
    return liking;
  }
}
