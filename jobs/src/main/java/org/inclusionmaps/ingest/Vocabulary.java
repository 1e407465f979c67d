package org.inclusionmaps.ingest;

import java.util.List;
import java.util.Map;

/** The usual names of columns and values: what a feed may call them without being told. */
final class Vocabulary {
  private Vocabulary() {}

  /** Contract column to the other names that it is usually given, in lower case. */
  private static final Map<String, List<String>> COLUMNS =
      Map.ofEntries(
          Map.entry("lon", List.of("longitude", "lng", "long", "longitud", "x")),
          Map.entry("lat", List.of("latitude", "latitud", "y")),
          Map.entry("cell", List.of("cell_id", "cellid", "cgi", "ecgi")),
          Map.entry("operator", List.of("plmn", "mcc_mnc", "mccmnc")),
          Map.entry("technology", List.of("radio", "rat", "network_type", "generation")),
          Map.entry("height_m", List.of("height", "antenna_height", "antenna_height_m")),
          Map.entry("azimuth_deg", List.of("azimuth", "bearing")),
          Map.entry("beamwidth_deg", List.of("beamwidth", "horizontal_beamwidth")),
          Map.entry("tilt_deg", List.of("tilt", "downtilt")),
          Map.entry("frequency_mhz", List.of("frequency", "freq_mhz")),
          Map.entry("eirp_dbm", List.of("eirp")),
          Map.entry("area", List.of("area_id", "area_code", "pcode", "codigo", "geocode", "code")),
          Map.entry("parent", List.of("parent_id", "parent_code", "parent_area")),
          Map.entry("level", List.of("admin_level", "adm_level", "nivel")),
          Map.entry("name", List.of("area_name", "nombre", "nom", "nome")),
          Map.entry("settlement_type", List.of("urban_rural", "settlement", "milieu")),
          Map.entry("geometry", List.of("geom", "wkb_geometry", "wkb", "wkt", "the_geom")),
          Map.entry("persons", List.of("population", "pop", "personas", "poblacion")),
          Map.entry("sex", List.of("gender", "sexo", "sexe")),
          Map.entry("age_band", List.of("age_group", "age", "grupo_edad")),
          Map.entry("weight", List.of("expansion_factor", "sample_weight", "factor")),
          Map.entry("psu", List.of("primary_sampling_unit", "cluster", "upm")),
          Map.entry("stratum", List.of("strata", "estrato")),
          Map.entry("respondent", List.of("respondent_id", "folio", "household")),
          Map.entry("kind", List.of("type", "category", "tipo")),
          Map.entry("plan", List.of("plan_id", "plan_name")),
          Map.entry("currency", List.of("currency_code", "moneda")));

  /** Contract column to the value that a feed without that column means. */
  private static final Map<String, String> DIMENSIONS =
      Map.of("sex", "all", "age_band", "all", "disability", "all", "service", "outdoor");

  /** Contract column to its values' usual other spellings, in lower case, to the contract's. */
  private static final Map<String, Map<String, String>> VALUES =
      Map.of(
          "technology",
          Map.ofEntries(
              Map.entry("2g", "2G"),
              Map.entry("gsm", "2G"),
              Map.entry("3g", "3G"),
              Map.entry("umts", "3G"),
              Map.entry("wcdma", "3G"),
              Map.entry("4g", "4G"),
              Map.entry("lte", "4G"),
              Map.entry("5g", "5G"),
              Map.entry("nr", "5G")),
          "sex",
          Map.ofEntries(
              Map.entry("women", "female"),
              Map.entry("woman", "female"),
              Map.entry("mujer", "female"),
              Map.entry("mujeres", "female"),
              Map.entry("femme", "female"),
              Map.entry("femmes", "female"),
              Map.entry("men", "male"),
              Map.entry("man", "male"),
              Map.entry("hombre", "male"),
              Map.entry("hombres", "male"),
              Map.entry("homme", "male"),
              Map.entry("hommes", "male"),
              Map.entry("total", "all"),
              Map.entry("both", "all")),
          "settlement_type",
          Map.of("urbano", "urban", "urbana", "urban", "urbain", "urban", "rurale", "rural"),
          "age_band",
          Map.of("total", "all"));

  /** The usual other names of a contract column, in lower case. */
  static List<String> names(String column) {
    return COLUMNS.getOrDefault(column, List.of());
  }

  /** The value of a dimension that the feed does not split by; null where there is none. */
  static @org.jspecify.annotations.Nullable String dimension(String column) {
    return DIMENSIONS.get(column);
  }

  /** The usual other spellings of a column's values: lower case to the contract's. */
  static Map<String, String> values(String column) {
    return VALUES.getOrDefault(column, Map.of());
  }
}
