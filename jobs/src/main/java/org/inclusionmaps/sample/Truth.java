package org.inclusionmaps.sample;

import static org.inclusionmaps.contract.Field.field;
import static org.inclusionmaps.contract.Field.number;
import static org.inclusionmaps.contract.Field.text;
import static org.inclusionmaps.contract.Field.whole;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;

/**
 * The truth about the made-up country. It is no input of the main job: estimates are compared with
 * it afterwards.
 */
public final class Truth {
  public static final String PERSONS = "persons";
  public static final String COVERED = "covered";
  public static final String UNCOVERED = "uncovered";
  public static final String AFFORDABLE = "affordable";
  public static final String CONNECTED = "connected";
  public static final String PRICED_OUT = "priced_out";
  public static final String BURDENED = "burdened";
  public static final String HELD_BACK = "held_back";
  public static final String INCLUDED = "included";
  public static final String LACKING = "lacking";

  /** What is counted of adults alone. */
  static final List<String> OF_ADULTS =
      List.of(AFFORDABLE, CONNECTED, PRICED_OUT, BURDENED, HELD_BACK, INCLUDED, LACKING);

  private static final List<String> AREA_GROUP =
      List.of(Tables.AREA, Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY);

  /** Persons of a place, area and group, counted by what is true of them. */
  public static final Table PLACES =
      new Table(
          "places",
          "Persons counted by the truth, one row a place, area and group that has persons.",
          List.of(Tables.PLACE, Tables.AREA, Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY),
          sums(whole(Tables.PLACE, "H3 index of the hexagon of the home, resolution 8")));

  /** Persons of an area and group, counted by what is true of them. */
  public static final Table AREAS =
      new Table(
          "areas",
          "Persons counted by the truth, one row an area of any level and group.",
          AREA_GROUP,
          sums());

  /** Persons served, by operator and technology. */
  public static final Table NETWORKS =
      new Table(
          "networks",
          "Persons of all ages served at home, one row an area of any level, operator, technology.",
          List.of(Tables.AREA, Tables.OPERATOR, Tables.TECHNOLOGY),
          List.of(
              area(),
              text(Tables.OPERATOR, "operator; any: at least one of them"),
              text(Tables.TECHNOLOGY, "this technology or a newer one")
                  .oneOf("2G", "3G", "4G", "5G"),
              whole(PERSONS, "persons served").atLeast(0)));

  /** Where people live, and what serves them there. */
  public static final Table HOMES =
      new Table(
          "homes",
          "Clusters of houses, one row a point at which people live.",
          List.of("home"),
          List.of(
              whole("home", "number of the point"),
              area(),
              text("kind", "kind of settlement")
                  .oneOf("capital", "city", "town", "village", "hamlet"),
              number(Tables.LON, "longitude, degrees WGS84").between(-180, 180),
              number(Tables.LAT, "latitude, degrees WGS84").between(-90, 90),
              whole(Tables.PLACE, "H3 index of the hexagon, resolution 8"),
              number("persons_per_km2", "how densely it is built").atLeast(0),
              whole(PERSONS, "persons of all ages").atLeast(1),
              whole("first_person", "number of the first of its persons"),
              text("enumeration_area", "the few hundred persons that a census taker counts"),
              field(
                      "network",
                      DataTypes.IntegerType,
                      "what serves it: bit 4 x operator (0 to 2) + generation - 2")
                  .between(0, 4095)));

  /** A row a person. */
  public static final Table EACH_PERSON =
      new Table(
          "persons",
          "The persons, one row each.",
          List.of("person"),
          List.of(
              whole("person", "number of the person"),
              whole("home", "number of the point at which they live"),
              whole(Tables.PLACE, "H3 index of the hexagon of the home, resolution 8"),
              area(),
              sex(),
              field("age", DataTypes.IntegerType, "whole years").between(0, 120),
              ageBand(),
              disability(),
              number("income_month", "own income a month; absent under 15").atLeast(0).orAbsent(),
              number("price_month", "the cheapest basket on offer at home; absent if uncovered")
                  .atLeast(0)
                  .orAbsent(),
              field(COVERED, DataTypes.BooleanType, "4G or newer serves the home"),
              field(AFFORDABLE, DataTypes.BooleanType, "covered, at a price within 2 % of income"),
              field(CONNECTED, DataTypes.BooleanType, "uses mobile internet")));

  /** The tables that are always written. */
  public static final List<Table> TABLES = List.of(PLACES, AREAS, NETWORKS, HOMES);

  private Truth() {}

  private static List<Field> sums(Field... first) {
    List<Field> fields = new ArrayList<>(List.of(first));
    fields.addAll(List.of(area(), sex(), ageBand(), disability()));
    fields.add(count(PERSONS, "persons"));
    fields.add(count(COVERED, "4G or newer serves their home"));
    fields.add(count(UNCOVERED, "no 4G or newer serves their home"));
    String adults = "; absent under 15";
    fields.add(count(AFFORDABLE, "covered, at a price within 2 % of income" + adults).orAbsent());
    fields.add(count(CONNECTED, "use mobile internet" + adults).orAbsent());
    fields.add(count(PRICED_OUT, "covered, cannot afford it, not connected" + adults).orAbsent());
    fields.add(count(BURDENED, "connected, cannot afford it" + adults).orAbsent());
    fields.add(count(HELD_BACK, "covered, can afford it, not connected" + adults).orAbsent());
    fields.add(count(INCLUDED, "connected, can afford it" + adults).orAbsent());
    fields.add(count(LACKING, "uncovered or cannot afford it" + adults).orAbsent());
    return fields;
  }

  private static Field count(String name, String description) {
    return whole(name, description).atLeast(0);
  }

  private static Field area() {
    return text(Tables.AREA, "id of the area");
  }

  private static Field sex() {
    return text(Tables.SEX, "sex").oneOf("female", "male");
  }

  private static Field ageBand() {
    return text(Tables.AGE_BAND, "age in years, both ends count")
        .oneOf("0-14", "15-24", "25-34", "35-49", "50-64", "65+");
  }

  private static Field disability() {
    return text(Tables.DISABILITY, "disability").oneOf("none", "any");
  }
}
