package org.inclusionmaps.sample;

/** What a draw is for: part of its key, so that no two uses share a number. */
enum What {
  ADD_ON_SIM,
  ACTIVE_DAYS,
  AGE,
  BIRTH_YEAR,
  BORDER,
  CATCHMENT,
  CLUTTER,
  CORNER,
  CONNECTION,
  DATA_USED,
  DISABILITY,
  DISTRICT_INCOME,
  DISTRICT_WEIGHT,
  EDUCATION,
  EIRP,
  HAMLET_SIZE,
  HEIGHT,
  HILLS,
  HOME_CELL,
  HOME_KNOWN,
  INCOME,
  INCOME_ESTIMATE,
  INFORMAL,
  LAND,
  MACHINE,
  MOUNTAINS,
  NAME,
  PHONE,
  POINT_PLACE,
  POINT_SIZE,
  PSU,
  RESPONDENT,
  ROAD,
  SEAT,
  SECTOR,
  SERVICE,
  SETTLEMENT_PLACE,
  SEX,
  SHADOW,
  SHADOW_OF_SITE,
  SILENT_FIELD,
  SIM,
  SIM_OPERATOR,
  SIM_SEX,
  SIM_USE,
  SITE_PLACE,
  VILLAGE_PLACE,
  VILLAGE_SIZE,
  WEIGHT_NOISE;

  private final long key = keyOf(name());

  /** A number of the name alone, so that a new constant changes no draw of the others. */
  long key() {
    return key;
  }

  private static long keyOf(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
