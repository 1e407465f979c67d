package org.inclusionmaps.grid;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Urban centres, urban clusters and rural land from persons on squares of 1 km². Source: UN
 * Statistical Commission (2020), as in "Applying the Degree of Urbanisation: a methodological
 * manual" (2021), sections 5 and 7.
 *
 * <ul>
 *   <li>Urban centre: squares of at least 1,500 persons/km² of land that touch along a side, 50,000
 *       persons or more together; then a square of which five or more of the eight neighbours are
 *       in one centre joins it, until none does; then holes of less than 15 km² are filled.
 *   <li>Urban cluster: squares of at least 300 persons/km² that touch at a side or corner, 5,000
 *       persons or more together, found before the centres are taken out.
 *   <li>Rural: the rest.
 * </ul>
 *
 * <p>Squares do not touch across the antimeridian.
 */
public final class DegreeOfUrbanisation {
  private static final double CENTRE_DENSITY = 1500;
  private static final double CENTRE_PERSONS = 50_000;
  private static final double CLUSTER_DENSITY = 300;
  private static final double CLUSTER_PERSONS = 5000;
  private static final int MAJORITY = 5;
  private static final int HOLE_SQUARES = 15;

  /** Sides first, then corners: column, row. */
  private static final int[][] STEPS = {
    {0, 1}, {1, 0}, {0, -1}, {-1, 0}, {1, 1}, {1, -1}, {-1, -1}, {-1, 1}
  };

  private static final int SIDES = 4;
  private static final int SIDES_AND_CORNERS = 8;

  private DegreeOfUrbanisation() {}

  /** What a square is, from the most to the least urban. */
  public enum Degree {
    URBAN_CENTRE,
    URBAN_CLUSTER,
    RURAL;

    /** The name in lower case, as tables write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * People on a square of {@link EqualAreaGrid}.
   *
   * @param persons persons living there, at least 0
   * @param landKm2 land in the square, over 0 to 1 km²: density is over land
   */
  public record Square(double persons, double landKm2) {
    public Square {
      if (!(persons >= 0) || !(landKm2 > 0) || landKm2 > 1) {
        throw new IllegalArgumentException(persons + " persons on " + landKm2 + " km²");
      }
    }

    private boolean atLeast(double personsPerKm2) {
      return persons >= personsPerKm2 * landKm2;
    }
  }

  /** The degree of each square given; squares that are not given count as empty land. */
  public static Map<Long, Degree> classify(Map<Long, Square> squares) {
    SortedMap<Long, Square> sorted = new TreeMap<>(squares);
    Map<Long, Integer> centres = new HashMap<>();
    int id = 0;
    for (Set<Long> centre : groups(sorted, CENTRE_DENSITY, SIDES, CENTRE_PERSONS)) {
      for (long square : centre) {
        centres.put(square, id);
      }
      id++;
    }
    smooth(centres);
    fillHoles(centres);
    Set<Long> clusters = new HashSet<>();
    groups(sorted, CLUSTER_DENSITY, SIDES_AND_CORNERS, CLUSTER_PERSONS).forEach(clusters::addAll);
    Map<Long, Degree> degrees = new HashMap<>();
    for (long square : sorted.keySet()) {
      degrees.put(
          square,
          centres.containsKey(square)
              ? Degree.URBAN_CENTRE
              : clusters.contains(square) ? Degree.URBAN_CLUSTER : Degree.RURAL);
    }
    return degrees;
  }

  /** Groups of touching squares of some density that hold some persons together. */
  private static List<Set<Long>> groups(
      SortedMap<Long, Square> squares, double density, int neighbours, double persons) {
    List<Set<Long>> groups = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (Map.Entry<Long, Square> start : squares.entrySet()) {
      if (!start.getValue().atLeast(density) || !seen.add(start.getKey())) {
        continue;
      }
      Set<Long> group = new HashSet<>();
      ArrayDeque<Map.Entry<Long, Square>> open = new ArrayDeque<>(List.of(start));
      double sum = 0;
      while (!open.isEmpty()) {
        Map.Entry<Long, Square> square = open.remove();
        group.add(square.getKey());
        sum += square.getValue().persons();
        for (int i = 0; i < neighbours; i++) {
          long next = step(square.getKey(), i);
          Square there = squares.get(next);
          if (there != null && there.atLeast(density) && seen.add(next)) {
            open.add(Map.entry(next, there));
          }
        }
      }
      if (sum >= persons) {
        groups.add(group);
      }
    }
    return groups;
  }

  /** Adds to a centre each square most of whose neighbours are in it, until none is left to add. */
  private static void smooth(Map<Long, Integer> centres) {
    Set<Long> look = around(centres.keySet(), centres);
    while (!look.isEmpty()) {
      Map<Long, Integer> joining = new TreeMap<>();
      for (long square : look) {
        int centre = majority(square, centres);
        if (centre >= 0) {
          joining.put(square, centre);
        }
      }
      centres.putAll(joining);
      look = around(joining.keySet(), centres);
    }
  }

  private static Set<Long> around(Set<Long> squares, Map<Long, Integer> centres) {
    Set<Long> around = new HashSet<>();
    for (long square : squares) {
      for (int i = 0; i < SIDES_AND_CORNERS; i++) {
        long next = step(square, i);
        if (!centres.containsKey(next)) {
          around.add(next);
        }
      }
    }
    return around;
  }

  /** The one centre that holds a majority of a square's neighbours, or −1. */
  private static int majority(long square, Map<Long, Integer> centres) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < SIDES_AND_CORNERS; i++) {
      Integer centre = centres.get(step(square, i));
      if (centre != null && counts.merge(centre, 1, Integer::sum) >= MAJORITY) {
        return centre;
      }
    }
    return -1;
  }

  /** Adds to each centre the squares that it encloses, where they are fewer than 15 together. */
  private static void fillHoles(Map<Long, Integer> centres) {
    Set<Long> seen = new HashSet<>();
    Map<Long, Integer> filled = new HashMap<>();
    for (long start : around(centres.keySet(), centres)) {
      if (seen.contains(start)) {
        continue;
      }
      Set<Long> hole = new HashSet<>();
      Set<Integer> rims = new HashSet<>();
      ArrayDeque<Long> open = new ArrayDeque<>(List.of(start));
      hole.add(start);
      while (!open.isEmpty() && hole.size() < HOLE_SQUARES) {
        long square = open.remove();
        for (int i = 0; i < SIDES; i++) {
          long next = step(square, i);
          Integer centre = centres.get(next);
          if (centre != null) {
            rims.add(centre);
          } else if (hole.add(next)) {
            open.add(next);
          }
        }
      }
      if (open.isEmpty() && rims.size() == 1 && hole.size() < HOLE_SQUARES) {
        seen.addAll(hole);
        hole.forEach(square -> filled.put(square, rims.iterator().next()));
      }
    }
    centres.putAll(filled);
  }

  private static long step(long square, int direction) {
    return EqualAreaGrid.square(
        EqualAreaGrid.column(square) + STEPS[direction][0],
        EqualAreaGrid.row(square) + STEPS[direction][1]);
  }
}
