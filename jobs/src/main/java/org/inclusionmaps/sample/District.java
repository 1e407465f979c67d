package org.inclusionmaps.sample;

import java.io.Serializable;

/**
 * The smallest area, which has a census.
 *
 * @param index 0 to one less than the number of districts
 * @param id as XA-02-07
 * @param province index of its province
 * @param column of the lattice of districts, west to east
 * @param row of the lattice, south to north
 * @param ring border
 * @param seatKind kind of its main settlement
 * @param seatPersons persons in its main settlement
 * @param ruralPersons persons outside of it
 */
record District(
    int index,
    String id,
    String name,
    int province,
    int column,
    int row,
    Ring ring,
    Kind seatKind,
    long seatPersons,
    long ruralPersons)
    implements Serializable {

  /** Persons of all ages. */
  long persons() {
    return seatPersons + ruralPersons;
  }
}
