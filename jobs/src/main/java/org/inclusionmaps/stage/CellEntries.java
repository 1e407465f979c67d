package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.estimation.FootprintSharing;

/**
 * The footprints of one operator's cells in arrays, cell by cell. A home is a place in one area: a
 * place that areas share is several homes.
 */
final class CellEntries {
  private record Home(long place, String area) {}

  private final Map<Home, Integer> numbers = new HashMap<>();
  private final List<String> areas = new ArrayList<>();
  private double[] persons = new double[64];
  private final Map<String, int[]> ofCell = new HashMap<>();
  private int[] home = new int[64];
  private double[] probability = new double[64];
  private int entries;

  /** Adds an entry; those of one cell come one after the other. */
  void add(String cell, long place, String area, double probabilityThere, double personsThere) {
    if (entries == home.length) {
      home = Arrays.copyOf(home, 2 * entries);
      probability = Arrays.copyOf(probability, 2 * entries);
    }
    Home at = new Home(place, area);
    Integer number = numbers.get(at);
    if (number == null) {
      number = areas.size();
      numbers.put(at, number);
      areas.add(area);
      persons = number == persons.length ? Arrays.copyOf(persons, 2 * number) : persons;
      persons[number] = personsThere;
    }
    home[entries] = number;
    probability[entries] = probabilityThere;
    entries++;
    int[] range = ofCell.computeIfAbsent(cell, any -> new int[] {entries - 1, 0});
    range[1] = entries;
  }

  /** The area of each home, in the homes' order. */
  List<String> areas() {
    return areas;
  }

  /** Persons 15 and older of each home. */
  double[] persons() {
    return Arrays.copyOf(persons, areas.size());
  }

  /** The footprints of some cells; one that has none is empty. */
  FootprintSharing of(List<String> cells) {
    int[] first = new int[cells.size() + 1];
    int[] homes = new int[entries];
    double[] probabilities = new double[entries];
    int at = 0;
    for (int j = 0; j < cells.size(); j++) {
      int[] range = ofCell.getOrDefault(cells.get(j), new int[2]);
      int length = range[1] - range[0];
      System.arraycopy(home, range[0], homes, at, length);
      System.arraycopy(probability, range[0], probabilities, at, length);
      at += length;
      first[j + 1] = at;
    }
    return new FootprintSharing(
        first, Arrays.copyOf(homes, at), Arrays.copyOf(probabilities, at), areas.size());
  }
}
