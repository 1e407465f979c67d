package org.inclusionmaps.sample;

/** Kinds of settlement, with what differs between them. */
enum Kind {
  CAPITAL("urban", 1.65, 0.7),
  CITY("urban", 1.3, 0.5),
  TOWN("urban", 1.1, 0.2),
  VILLAGE("rural", 0.85, -0.1),
  HAMLET("rural", 0.72, -0.3);

  private final String settlementType;
  private final double income;
  private final double education;

  Kind(String settlementType, double income, double education) {
    this.settlementType = settlementType;
    this.income = income;
    this.education = education;
  }

  /** urban or rural. */
  String settlementType() {
    return settlementType;
  }

  /** Factor of incomes. */
  double income() {
    return income;
  }

  /** Shift of education, in standard deviations. */
  double education() {
    return education;
  }
}
