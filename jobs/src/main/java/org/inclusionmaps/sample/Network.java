package org.inclusionmaps.sample;

/** Which operators serve a point with which technology, as bits of one number. */
final class Network {
  private static final int TECHNOLOGIES = Technology.values().length;
  private static final int USABLE = 1 << Technology.G4.index() | 1 << Technology.G5.index();

  private Network() {}

  /** The bit of an operator and a technology. */
  static int bit(Operator operator, Technology technology) {
    return 1 << (operator.index() * TECHNOLOGIES + technology.index());
  }

  /** Whether an operator serves with a technology or a newer one. */
  static boolean atLeast(int network, Operator operator, Technology technology) {
    int own = network >>> (operator.index() * TECHNOLOGIES) & ((1 << TECHNOLOGIES) - 1);
    return own >>> technology.index() != 0;
  }

  /** Whether an operator serves with 4G or newer. */
  static boolean usable(int network, Operator operator) {
    return (network >>> (operator.index() * TECHNOLOGIES) & USABLE) != 0;
  }

  /** Whether any operator serves with 4G or newer. */
  static boolean usable(int network) {
    for (Operator operator : Operator.values()) {
      if (usable(network, operator)) {
        return true;
      }
    }
    return false;
  }
}
