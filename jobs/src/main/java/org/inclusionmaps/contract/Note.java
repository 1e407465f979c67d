package org.inclusionmaps.contract;

import java.util.Locale;

/** What a run leaves out or assumes, as far as it happens: counted in its report. */
public enum Note {
  SETTLEMENTS_OUTSIDE_ALL_AREAS(
      "%s settlements name no area and lie in none; they were left out", false),
  SETTLEMENTS_WITHOUT_PEOPLE(
      "%s settlements have the weight 0 or belong to an area without people of its own; they were"
          + " left out",
      false),
  PERSONS_SCALED_AWAY(
      "Sub-areas counted %s persons more than the areas that hold them; they were scaled down",
      true),
  PERSONS_IN_BANDS_SPLIT_AT_15(
      "%s persons are in an age band of the census across 15 that was split by assumption", true),
  AREAS_NOT_KNOWN_TO_THE_CELL_LIST(
      "%s areas have too few cells in the list to tell a lack of signal from a lack of data: their"
          + " coverage is not known",
      false),
  AREAS_NOT_KNOWN_WITHOUT_CELLS(
      "No radio cells are given, and in %s areas no coverage area of an operator counts where people"
          + " live: their coverage is not known; if operators' areas count and are all there are,"
          + " set radio.cell_list to complete",
      false),
  OPERATORS_PARTIAL(
      "%s operators are missing from a feed, came twice or have zeros alone, and the run went on;"
          + " where they alone serve beside other operators' cells, people count as uncovered although they may"
          + " not be",
      false),
  COVERAGE_BY_DEFAULTS(
      "In %s rows of coverage the best cell lacked a height, frequency or power, and the default of"
          + " its technology was used",
      false),
  OFFICIAL_FIGURES_OUT_OF_REACH(
      "%s official figures of coverage are farther from the model than signals 12 dB lower or higher"
          + " explain; coverage stops at that limit",
      false),
  PERSONS_STATED_NOT_MODELLED(
      "Operators' own coverage areas hold %s persons more than the model serves where they live,"
          + " counted once an operator and technology",
      true),
  PERSONS_MODELLED_NOT_STATED(
      "The model serves %s persons more than operators' own coverage areas hold where they live,"
          + " counted once an operator and technology",
      true),
  CELLS_OUTSIDE_TERRAIN(
      "%s cells stand where the terrain tells no height; along a path the ground there is taken as"
          + " flat from the nearest known height",
      false),
  TERRAIN_HOLES(
      "%s heights inside the terrain's files are not known; the ground is taken as flat from the rim"
          + " of such a hole",
      false),
  TARIFFS_NOT_USED(
      "%s tariffs can be no part of the basket: promotions, plans of an older network, add-ons"
          + " without a base plan and plans without anything that it needs",
      false),
  INCOME_SPREADS_SHRUNK(
      "In %s rows of income_distributions the mean was moved towards the others: means differed more"
          + " than the inequality of income allows",
      false),
  OPERATORS_WITHOUT_SUBSCRIBERS(
      "%s operators have no subscribers by the measurement, as far as its noise lets see; if their"
          + " feeds were missing, measure again with those that were there in privacy.operators",
      false),
  CELLS_WITHOUT_PEOPLE_IN_REACH(
      "%s radio cells that persons were counted at have nobody in their footprint; their persons"
          + " count in the area where the mast stands",
      false),
  PERSONS_COUNTED_AT_THE_MAST(
      "%s persons, as counted, were at radio cells with nobody in their footprint, and count in the"
          + " area where the mast stands",
      true),
  RESPONDENTS_LEFT_OUT(
      "%s respondents of the survey have the weight 0 or an age band under 15; they do not tell who"
          + " is connected",
      false),
  PERSONS_CONNECTED_WITHOUT_COVERAGE(
      "The source of connected persons has %s more than are covered where they live; they were"
          + " left out",
      true);

  /** What a line starts with that tells an error of intervals whose size is assumed. */
  public static final String ASSUMED = "Assumed: ";

  private final String sentence;
  private final boolean persons;

  Note(String sentence, boolean persons) {
    this.sentence = sentence;
    this.persons = persons;
  }

  /** The name in a run's report. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is told to readers, with {@code %s} for the number. */
  public String sentence() {
    return sentence;
  }

  /** Whether the number counts persons, in millionths of one. */
  public boolean countsPersons() {
    return persons;
  }
}
