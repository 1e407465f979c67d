package org.inclusionmaps.measurement;

/** Why a row does not count, in the order in which a row is judged: the first reason holds. */
public enum Excluded {
  /** No day of use in the last 90, or none told. */
  INACTIVE(0),
  /** A machine's SIM. */
  MACHINE(1),
  /** Born after the reference year, or more than 120 years before. */
  BIRTH_YEAR_IMPOSSIBLE(2),
  /** Younger than 15 in the reference year. */
  UNDER_15(3),
  /** No operator, or one that the frame does not have. */
  OPERATOR_UNKNOWN(4),
  /** No home: no place, or no radio cell where homes are told by cells. */
  NO_PLACE(5),
  /** A home that the frame does not have; a radio cell, too, that the operator's list does not. */
  PLACE_NOT_IN_FRAME(6),
  /** No pseudonym of the SIM. */
  NO_SIM(7),
  /** It would count, but its person does already, by the primary SIM; so too a SIM's second row. */
  FURTHER_SIM(8);

  private final int number;

  Excluded(int number) {
    this.number = number;
  }

  /** Its place in arrays, from 0 on. */
  int number() {
    return number;
  }

  /** How a column's code tells that its row does not count: below zero. */
  int code() {
    return -1 - number;
  }
}
