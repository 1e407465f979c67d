package org.inclusionmaps.contract;

import java.util.Map;
import java.util.TreeMap;

/** What the inputs are called where people read of them who do not know the tables. */
public final class FeedWords {
  private static final Map<String, String> WORDS = words();

  private FeedWords() {}

  private static Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    put(words, Tables.RADIO_CELLS, "operators' radio cells");
    put(words, Tables.COVERAGE_AREAS, "operators' own maps of where they give service");
    put(words, Tables.AREAS, "administrative areas");
    put(words, Tables.CENSUS, "persons counted by a census");
    put(words, Tables.SETTLEMENTS, "where in an area people live");
    put(words, Tables.TARIFFS, "what operators charge");
    put(words, Tables.INCOMES, "incomes by area");
    put(words, Tables.SURVEY, "answers of single respondents on who uses mobile internet");
    put(
        words,
        Tables.DIRECT_ESTIMATES,
        "finished survey figures by area, taken instead of single answers");
    put(words, Tables.AREA_FACTS, "other facts about areas that may tell who is connected");
    put(words, Tables.SERVICES, "where banks, clinics and other services are");
    put(words, Tables.MARKET, "operators' shares of all subscribers");
    put(words, Tables.REGIONAL_MARKET, "operators' shares of subscribers by area");
    put(words, Tables.TERRAIN, "heights of the ground, where hills block signals");
    put(words, Tables.MEASUREMENT, "counts of connected persons from operators' records");
    put(words, Tables.SUBSCRIPTIONS, "operators' records of subscriptions");
    put(words, Tables.SENSITIVE_PLACES, "places to be shown coarsely alone");
    return words;
  }

  private static void put(Map<String, String> words, Table table, String plain) {
    words.put(table.name(), plain);
  }

  /**
   * An input in plain words, its name in brackets, to stand within a sentence. The name alone,
   * without underscores, where it is no input: a manifest of another version may tell such a one.
   */
  public static String of(String table) {
    String plain = WORDS.get(table);
    return plain == null ? table.replace('_', ' ') : plain + " (" + table + ")";
  }
}
