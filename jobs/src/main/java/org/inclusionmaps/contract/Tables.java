package org.inclusionmaps.contract;

import static org.inclusionmaps.contract.Field.field;
import static org.inclusionmaps.contract.Field.number;
import static org.inclusionmaps.contract.Field.text;
import static org.inclusionmaps.contract.Field.whole;
import static org.inclusionmaps.contract.Table.table;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataTypes;

/** Every table that the job reads, passes on and publishes from. */
public final class Tables {
  private Tables() {}

  // Columns that several tables share.
  public static final String PLACE = "place";
  public static final String AREA = "area";
  public static final String CELL = "cell";
  public static final String SEX = "sex";
  public static final String AGE_BAND = "age_band";
  public static final String DISABILITY = "disability";
  public static final String OPERATOR = "operator";
  public static final String TECHNOLOGY = "technology";

  /** The generations of radio technology, the oldest first. */
  public static final List<String> TECHNOLOGIES = List.of("2G", "3G", "4G", "5G");

  public static final String SERVICE = "service";
  public static final String LON = "lon";
  public static final String LAT = "lat";
  public static final String CURRENCY = "currency";
  public static final String SETTLEMENT_TYPE = "settlement_type";
  public static final String PERSONS_MICRO = "persons_micro";
  public static final String ALL = "all";

  /** Persons in one person: between stages persons are whole millionths, so that sums are exact. */
  public static final long MICRO = 1_000_000L;

  /** The columns of a group of people. */
  public static final List<String> GROUP = List.of(SEX, AGE_BAND, DISABILITY);

  private static final List<String> PLACE_GROUP = List.of(PLACE, AREA, SEX, AGE_BAND, DISABILITY);

  private static Field place() {
    return whole(PLACE, "H3 index of the hexagon");
  }

  private static Field area() {
    return text(AREA, "id of the census or administrative area");
  }

  private static Field sex() {
    return text(SEX, "sex").oneOf("female", "male", ALL);
  }

  private static Field ageBand() {
    return text(AGE_BAND, "age in years: both ends count, as 15-24; 80+; or all");
  }

  private static Field disability() {
    return text(DISABILITY, "disability").oneOf("none", "any", ALL);
  }

  private static Field operator() {
    return text(OPERATOR, "network operator, mobile country and network code as 736-01");
  }

  /** The column of the probability that any operator serves by a technology or a newer one. */
  public static String coverageBy(String technology) {
    return "coverage_probability_" + technology.toLowerCase(Locale.ROOT);
  }

  private static Field technology() {
    return text(TECHNOLOGY, "generation of the radio technology")
        .oneOf(TECHNOLOGIES.toArray(String[]::new));
  }

  private static Field service() {
    return text(SERVICE, "level of service").oneOf("outdoor", "good", "indoor");
  }

  private static Field lon() {
    return number(LON, "longitude, degrees WGS84").between(-180, 180);
  }

  private static Field lat() {
    return number(LAT, "latitude, degrees WGS84").between(-90, 90);
  }

  private static Field currency() {
    return text(CURRENCY, "ISO 4217 code of the money");
  }

  private static Field settlementType() {
    return text(SETTLEMENT_TYPE, "urban or rural, by the office's own definition")
        .oneOf("urban", "rural");
  }

  private static Field share(String name, String description) {
    return number(name, description).between(0, 1);
  }

  private static Field percent(String name, String description) {
    return number(name, description + ", per cent of persons of known coverage").between(0, 100);
  }

  private static Field micro(String name, String description) {
    return whole(name, description + ", in millionths of a person").atLeast(0);
  }

  private static Field fifth(int number, String whose) {
    return share("share_q" + number, "share " + whose);
  }

  private static Field shape(String letter, String whose) {
    return number("gb2_" + letter, "GB2 distribution of income: shape " + whose + ", scale by mean")
        .between(1e-3, 1e3);
  }

  // ---- Inputs

  public static final Table RADIO_CELLS =
      table(
          "radio_cells",
          "The operators' radio cells, one row a cell.",
          List.of("cell"),
          text("cell", "operator's identifier of the radio cell").onlyOnce(),
          operator(),
          technology(),
          lon(),
          lat(),
          number("height_m", "antenna height above ground, m").between(1, 600).orAbsent(),
          number("azimuth_deg", "direction of the antenna, degrees from north")
              .between(0, 360)
              .orAbsent(),
          number("beamwidth_deg", "width of the beam at half power, degrees")
              .between(1, 360)
              .orAbsent(),
          number("tilt_deg", "tilt below the horizon, degrees").between(-30, 90).orAbsent(),
          number("frequency_mhz", "carrier frequency in MHz").between(150, 71000).orAbsent(),
          number("eirp_dbm", "power radiated on the reference channel, dBm")
              .between(-30, 90)
              .orAbsent(),
          text("site", "identifier of the mast, of which the cell's place is an estimate")
              .orAbsent(),
          number("location_error_m", "standard error of the cell's place, m")
              .between(0, 1e6)
              .orAbsent(),
          text("cell_type", "type of cell, as macrocell or microcell; of use to footprints only")
              .orAbsent());

  public static final Table COVERAGE_AREAS =
      table(
          "coverage_areas",
          "Where operators say that they give a service, one row a polygon.",
          List.of(),
          operator(),
          technology(),
          service(),
          field("geometry", DataTypes.BinaryType, "polygon, WKB, degrees WGS84"));

  public static final Table AREAS =
      table(
          "areas",
          "Administrative and census areas, a tree with the country at level 0.",
          List.of(AREA),
          area().onlyOnce(),
          text("parent", "id of the area that holds this one; absent for the country").orAbsent(),
          field("level", DataTypes.IntegerType, "depth in the tree, 0 is the country")
              .between(0, 9),
          text("name", "name in the country's own spelling"),
          settlementType().orAbsent(),
          field("geometry", DataTypes.BinaryType, "polygon or point, WKB, degrees WGS84")
              .orAbsent());

  public static final Table CENSUS =
      table(
          "census",
          "Persons counted, one row an area and group. Rows of an area's own parent include it.",
          List.of(AREA, SEX, AGE_BAND, DISABILITY),
          area(),
          sex(),
          ageBand(),
          disability(),
          number("persons", "persons counted").between(0, 1e10));

  public static final Table SETTLEMENTS =
      table(
          "settlements",
          "Where people live inside an area: buildings, community points, gridded counts.",
          List.of(),
          lon(),
          lat(),
          number("weight", "share of the area's people, in any unit").atLeast(0),
          area().orAbsent(),
          text("name", "name of the settlement, for maps").orAbsent());

  public static final Table TARIFFS =
      table(
          "tariffs",
          "Plans on sale, one row a plan.",
          List.of(OPERATOR, "plan"),
          text(OPERATOR, "operator as in radio_cells, or * for all operators"),
          text("plan", "operator's identifier of the plan"),
          technology(),
          number("price", "price of one purchase, taxes included").between(0, 1e9),
          currency(),
          number("validity_days", "days that one purchase lasts").between(0.01, 3660),
          number("data_mb", "data of one purchase, MB (1 GB is 1000 MB)").atLeast(0),
          number("minutes", "call minutes of one purchase").atLeast(0).orAbsent(),
          number("sms", "messages of one purchase").atLeast(0).orAbsent(),
          text("kind", "a base plan stands alone, an add-on needs one").oneOf("base", "add-on"),
          field("promotional", DataTypes.BooleanType, "a promotion: left out of baskets")
              .orAbsent());

  public static final Table INCOMES =
      table(
          "incomes",
          "Income per head of areas of any level, one row an area and sex.",
          List.of(AREA, SEX),
          area(),
          sex(),
          number("mean_month", "mean income per head and month").between(0.01, 1e12).orAbsent(),
          share("poverty_rate", "share of persons under the poverty line, if no mean is known")
              .orAbsent(),
          currency(),
          field("year", DataTypes.IntegerType, "year of the figure").between(1900, 2200),
          share("gini", "Gini coefficient of income").orAbsent(),
          fifth(1, "of all income that the poorest fifth has").orAbsent(),
          fifth(2, "of the second fifth").orAbsent(),
          fifth(3, "of the third fifth").orAbsent(),
          fifth(4, "of the fourth fifth").orAbsent(),
          fifth(5, "of the richest fifth").orAbsent(),
          shape("a", "of the whole").orAbsent(),
          shape("p", "of the poor end").orAbsent(),
          shape("q", "of the rich end; a q is above 1").orAbsent(),
          number("mean_error", "standard error of mean_month, same money").atLeast(0).orAbsent());

  public static final Table SURVEY =
      table(
          "survey",
          "Survey respondents, one row a person or household asked.",
          List.of("respondent"),
          text("respondent", "identifier within the survey").onlyOnce(),
          area(),
          settlementType().orAbsent(),
          text("stratum", "stratum of the sampling design"),
          text("psu", "primary sampling unit"),
          number("weight", "expansion weight").between(0, 1e9),
          sex(),
          ageBand(),
          number("connected", "1 uses mobile internet, 0 does not").between(0, 1),
          number("income_month", "income of the household per head and month, any one money")
              .atLeast(0)
              .orAbsent());

  public static final Table DIRECT_ESTIMATES =
      table(
          "direct_estimates",
          "How many are connected of those asked, one row an area; taken instead of the survey's"
              + " rates.",
          List.of(AREA),
          area().onlyOnce(),
          number("connected", "how many of those asked are connected").atLeast(0),
          number("asked", "how many persons or households were asked").atLeast(1));

  public static final Table AREA_FACTS =
      table(
          "area_facts",
          "What may tell who is connected in an area, one row an area and fact.",
          List.of(AREA, "fact"),
          area(),
          text("fact", "name of the fact, as electricity"),
          number("value", "a share, rate or other number; a count, if of is given"),
          number("of", "what the value is a count of, as dwellings").atLeast(0).orAbsent());

  public static final Table SERVICES =
      table(
          "services",
          "Financial, health and other services that people go to.",
          List.of(),
          text("kind", "kind of service")
              .oneOf(
                  "agent", "branch", "atm", "clinic", "hospital", "vaccination", "school", "other"),
          text("name", "name").orAbsent(),
          lon(),
          lat());

  public static final Table MARKET =
      table(
          "market",
          "Share of subscribers of each operator.",
          List.of(OPERATOR),
          operator(),
          share("share", "share of the country's subscribers"));

  public static final Table REGIONAL_MARKET =
      table(
          "regional_market",
          "Share of subscribers of each operator in an area.",
          List.of(OPERATOR, AREA),
          operator(),
          area(),
          share("share", "share of the subscribers of the area"));

  public static final Table SUBSCRIPTIONS =
      table(
          "subscriptions",
          "Mobile subscriptions under pseudonyms. Only the measurement stage may read it.",
          List.of("sim"),
          text("sim", "pseudonym of the SIM").onlyOnce(),
          text("person", "pseudonym of the person across SIMs").orAbsent(),
          operator(),
          whole("home_place", "H3 index of the hexagon of the user's home").orAbsent(),
          text("home_cell", "radio cell, as in radio_cells, where the user mostly is at night")
              .orAbsent(),
          sex().orAbsent(),
          field("birth_year", DataTypes.IntegerType, "year of birth as registered")
              .between(1880, 2200)
              .orAbsent(),
          field("active_days_90", DataTypes.IntegerType, "days with use in the last 90")
              .between(0, 90),
          number("data_mb_30", "data used in 30 days, MB").atLeast(0).orAbsent(),
          field("machine", DataTypes.BooleanType, "a machine's SIM, not a person's").orAbsent());

  public static final Table MEASUREMENT =
      table(
          "measurement",
          "Counts of connected persons, written by `inclusion measure`: noisy, so that what is made of"
              + " them costs no privacy; or without noise, and absent where they must not be shown.",
          List.of("leaf_kind", "leaf", OPERATOR, SEX, "ages"),
          text("leaf_kind", "what is counted in").oneOf(PLACE, CELL, AREA),
          text("leaf", "id of the area or radio cell, or H3 index of the hexagon in digits"),
          text("parent", "area that holds it, of those that are counted in").orAbsent(),
          text(OPERATOR, "operator; without noise all of them, joined by +"),
          text(SEX, "sex as registered").oneOf("female", "male", "unknown", ALL),
          text("ages", "age in years, as 15-24; unknown; all"),
          whole("count", "persons and noise; below 0 where the noise is. Absent where hidden")
              .orAbsent(),
          number("variance", "of the noise, persons squared; 0 without noise").atLeast(0),
          text("unit", "what counts once").oneOf("person", "sim"),
          text("query", "name of the query that the noise is keyed to"),
          text("measurement_id", "which measurement, as 2025-Q4"));

  public static final Table TERRAIN =
      table(
          "terrain",
          "Heights of the ground at the nodes of a global grid, one row a tile of 128 x 128 nodes. A"
              + " tile without any known height has no row.",
          List.of("tile_row", "tile_column"),
          field(
                  "tile_row",
                  DataTypes.IntegerType,
                  "rows of nodes before it, from the north pole, / 128")
              .atLeast(0),
          field(
                  "tile_column",
                  DataTypes.IntegerType,
                  "columns of nodes before it, from the 180th meridian, / 128")
              .atLeast(0),
          field("samples_per_degree", DataTypes.IntegerType, "nodes in a degree").between(1, 1200),
          field(
              "heights",
              DataTypes.BinaryType,
              "16-bit numbers, highest byte first, row by row from the north-west: height above the"
                  + " sea in half metres; -32768 is not known"),
          field("unknown", DataTypes.IntegerType, "nodes of the tile whose height is not known")
              .between(0, 16383));

  public static final Table SENSITIVE_PLACES =
      table(
          "sensitive_places",
          "Places that are shown coarsely alone, so that no map points at who lives there.",
          List.of(PLACE, "finest_resolution"),
          whole(PLACE, "H3 index of a hexagon of the places' resolution or coarser"),
          field(
                  "finest_resolution",
                  DataTypes.IntegerType,
                  "the finest resolution at which what is within it may be published")
              .between(0, 14));

  /** The tables that a country gives. */
  public static final List<Table> INPUTS =
      List.of(
          RADIO_CELLS,
          COVERAGE_AREAS,
          AREAS,
          CENSUS,
          SETTLEMENTS,
          TARIFFS,
          INCOMES,
          SURVEY,
          DIRECT_ESTIMATES,
          AREA_FACTS,
          SERVICES,
          MARKET,
          REGIONAL_MARKET,
          TERRAIN,
          MEASUREMENT,
          SUBSCRIPTIONS,
          SENSITIVE_PLACES);

  // ---- Between stages

  public static final Table SETTLED_POINTS =
      table(
          "settled_points",
          "Where people live, one row a place, area and point.",
          List.of(PLACE, AREA, "point"),
          place(),
          area(),
          whole("point", "H3 index of the point, two resolutions finer than the place"),
          lon(),
          lat(),
          whole("weight_micro", "share of the area's people, in millionths of the feed's unit")
              .atLeast(0));

  public static final Table POPULATION =
      table(
          "population",
          "Persons, one row a place, area and group. No age band lies across 15.",
          PLACE_GROUP,
          place(),
          area(),
          sex(),
          ageBand(),
          disability(),
          micro(PERSONS_MICRO, "persons"),
          field("age_split", DataTypes.BooleanType, "the band was split at 15 by assumption"));

  public static final Table POINT_PEOPLE =
      table(
          "point_people",
          "Persons of each settled point with anybody, of all areas together.",
          List.of(PLACE, "point"),
          place(),
          whole("point", "H3 index of the point, two resolutions finer than the place"),
          lon(),
          lat(),
          micro(PERSONS_MICRO, "persons of all ages"));

  public static final Table PLACES =
      table(
          "places",
          "Settled places, one row a hexagon.",
          List.of(PLACE),
          place(),
          lon(),
          lat(),
          micro(PERSONS_MICRO, "persons of all ages"),
          text("degree", "degree of urbanisation").oneOf("urban_centre", "urban_cluster", "rural"),
          text("environment", "radio environment").oneOf("urban", "suburban", "open"));

  public static final Table KNOWN_COVERAGE =
      table(
          "known_coverage",
          "Whether anything tells of networks in an area, one row an area.",
          List.of(AREA),
          area(),
          whole("cells", "cells inside the area that is judged: itself or one that holds it")
              .atLeast(0),
          whole("stated_places", "settled places there that an operator states to cover")
              .atLeast(0),
          field("known", DataTypes.BooleanType, "whether a lack of signal means no network"));

  public static final Table SIGNAL_UNITS = signalUnits("signal_units", "");

  public static final Table EARLIER_SIGNAL_UNITS =
      signalUnits("earlier_signal_units", " The last run's.");

  private static Table signalUnits(String name, String whose) {
    return table(
        name,
        "What signal is computed from, one row a coarse hexagon and network with cells in reach."
            + whose,
        List.of("unit", OPERATOR, TECHNOLOGY),
        whole("unit", "H3 index of the coarse hexagon"),
        operator(),
        technology(),
        whole("points", "settled points with anybody in it").atLeast(0),
        whole("cells", "cells that may reach them").atLeast(1),
        whole("content", "hash of these, of the terrain around them and of the settings"));
  }

  public static final Table SIGNAL = signal("signal", "");

  public static final Table EARLIER_SIGNAL = signal("earlier_signal", " The last run's.");

  private static Table signal(String name, String whose) {
    return table(
        name,
        "Service of one operator and technology by the model, one row a place that a cell reaches."
            + whose,
        List.of(PLACE, OPERATOR, TECHNOLOGY),
        place(),
        operator(),
        technology(),
        field("settled", DataTypes.BooleanType, "whether people live there"),
        number("signal_dbm", "median signal at the place's best point, dBm"),
        share("probability_outdoor", "probability of service outdoors, mean over people or land"),
        share("probability_good", "probability of 10 dB more"),
        share("probability_indoor", "probability of 20 dB more"),
        field(
                "probability_by_offset",
                DataTypes.createArrayType(DataTypes.FloatType),
                "probability outdoors if all signals were so much higher, from -32 dB in steps of"
                    + " 2 to 12; at settled places, if an official figure is given")
            .orAbsent(),
        whole("cells_in_reach", "cells that reach the place").atLeast(1),
        whole("defaults_used", "attributes of its best cell that were defaults").atLeast(0));
  }

  public static final Table STATED_COVERAGE =
      table(
          "stated_coverage",
          "People of a settled place inside an operator's coverage areas; of none, no row.",
          List.of(PLACE, OPERATOR, TECHNOLOGY),
          place(),
          operator(),
          technology(),
          share("share_outdoor", "share of people inside areas of any service"),
          share("share_good", "share inside areas of good or indoor service, absent if none")
              .orAbsent(),
          share("share_indoor", "share inside areas of indoor service, absent if none").orAbsent());

  public static final Table COVERAGE_OFFSETS =
      table(
          "coverage_offsets",
          "What brings coverage to the official figures, one row a technology.",
          List.of(TECHNOLOGY),
          technology(),
          percent("official_pct", "SDG 9.c.1 as the settings give it").orAbsent(),
          percent("before_pct", "SDG 9.c.1 with no offset, stated areas included").orAbsent(),
          number("offset_db", "added to all signals of the technology, dB").between(-12, 12),
          percent("after_pct", "SDG 9.c.1 with the offsets").orAbsent());

  public static final Table COVERAGE =
      table(
          "coverage",
          "Service of one operator and technology to the people of a settled place.",
          List.of(PLACE, OPERATOR, TECHNOLOGY),
          place(),
          operator(),
          technology(),
          text("source", "the model, or the operator's own coverage areas")
              .oneOf("modelled", "stated"),
          number("signal_dbm", "modelled median signal at the place's best point, dBm").orAbsent(),
          share("probability_outdoor", "probability of service outdoors, mean over people"),
          share("probability_good", "probability of good service"),
          share("probability_indoor", "probability of service indoors"),
          share("stated_share", "people whom the operator states to serve, by its least level")
              .orAbsent(),
          share("modelled_share", "the model's probability of that level, to compare").orAbsent(),
          whole("cells_in_reach", "cells that reach the place").atLeast(0),
          whole("defaults_used", "attributes of its best cell that were defaults").atLeast(0));

  public static final Table COVERAGE_AGREEMENT =
      table(
          "coverage_agreement",
          "Operators' own coverage areas against the model, one row a published area and network.",
          List.of(AREA, OPERATOR, TECHNOLOGY),
          area(),
          operator(),
          technology(),
          micro(PERSONS_MICRO, "persons of all ages"),
          micro("stated_micro", "those in the operator's areas"),
          micro("modelled_micro", "those served by the model"),
          micro("stated_only_micro", "those stated beyond what the model gives"),
          micro("modelled_only_micro", "those modelled beyond what is stated"));

  public static final Table FOOTPRINTS =
      table(
          "footprints",
          "Cells that a handset may be connected to, one row a place and cell that is kept there.",
          List.of(PLACE, "cell"),
          place(),
          text("cell", "operator's identifier of the radio cell"),
          operator(),
          number("signal_dbm", "signal by distance and antenna alone, dBm"),
          share("signal_dominance", "logistic function of the signal"),
          share("connection_probability", "share of the operator's dominance at the place"));

  public static final Table OFFERS =
      table(
          "offers",
          "Operators with a usable network at a place, one row a settled place with any network.",
          List.of(PLACE),
          place(),
          text("best_technology", "newest technology with an even chance of service").orAbsent(),
          share(coverageBy("2G"), "probability that any operator serves by 2G or newer"),
          share(coverageBy("3G"), "the same by 3G or newer"),
          share(coverageBy("4G"), "the same by 4G or newer"),
          share(coverageBy("5G"), "the same by 5G"),
          field("operators", DataTypes.createArrayType(DataTypes.StringType), "operators by name"),
          field(
              "probabilities",
              DataTypes.createArrayType(DataTypes.DoubleType),
              "probability of service of each"),
          field(
              "sigma_db",
              DataTypes.createArrayType(DataTypes.DoubleType),
              "spread of each one's signal, dB; 0 where the operator states its service"),
          field(
              "by_default",
              DataTypes.createArrayType(DataTypes.BooleanType),
              "whether attributes of its best cell were defaults"));

  public static final Table PRICES =
      table(
          "prices",
          "The cheapest basket of each operator, for each basket of the settings and oldest"
              + " technology that its plans may have. A basket that cannot be met has no row.",
          List.of(OPERATOR, "basket", TECHNOLOGY),
          text(OPERATOR, "operator as in radio_cells, or * for all operators"),
          text("basket", "name of the basket in the settings"),
          text(TECHNOLOGY, "plans are of this technology or newer")
              .oneOf(TECHNOLOGIES.toArray(String[]::new)),
          number("price_month", "price of the cheapest basket and the device for a month")
              .atLeast(0),
          number("device_month", "what of it is for the device").atLeast(0),
          currency(),
          text("plans", "what is bought, as 2 x plan + 1 x plan"),
          text("version", "the basket, as 2 GB"));

  public static final Table UNUSED_TARIFFS =
      table(
          "unused_tariffs",
          "Tariffs that can be no part of the basket that measures affordability, each with why. Of"
              + " those that could be, a dearer one is not here.",
          List.of(OPERATOR, "plan"),
          text(OPERATOR, "operator as in radio_cells, or * for all operators"),
          text("plan", "operator's identifier of the plan"),
          technology(),
          text("reason", "why; the first that holds")
              .oneOf(
                  "promotion", "older_technology", "add_on_without_base", "gives_nothing_needed"));

  public static final Table INCOME_DISTRIBUTIONS =
      table(
          "income_distributions",
          "Income of the persons of each area that has people, by sex.",
          List.of(AREA, SEX),
          area(),
          sex(),
          number("mean_month", "mean income per head and month").between(0.01, 1e12),
          number(
                  "sigma",
                  "standard deviation of the logarithm of income within a place; of another form"
                      + " than the lognormal, that of the lognormal of its Gini coefficient")
              .between(0, 10),
          currency(),
          text("source", "area whose row gave the mean"),
          number("mean_error_pct", "standard error of the mean, per cent of it")
              .between(0, 1000)
              .orAbsent(),
          text("form", "how income is shared")
              .oneOf("lognormal", "quadratic", "beta", "interpolated", "gb2", "sampled"),
          field(
              "parameters",
              DataTypes.createArrayType(DataTypes.DoubleType),
              "of the form, at any mean. lognormal: sigma; quadratic: a, b, c; beta: theta, gamma,"
                  + " delta; interpolated: shares of income of fifths; gb2: a, p, q; sampled: mean"
                  + " incomes of 200 equal parts of the persons, as multiples of the mean"),
          field(
              "spread_shrunk",
              DataTypes.BooleanType,
              "means were moved towards each other: they differed more than the spread allows"));

  public static final Table AFFORDABILITY =
      table(
          "affordability",
          "Network and price on offer, one row a place, area and group of persons 15 and older.",
          PLACE_GROUP,
          place(),
          area(),
          sex(),
          ageBand(),
          disability(),
          share("coverage_probability", "probability of a usable network; absent if unknown")
              .orAbsent(),
          text("best_technology", "newest technology with an even chance of service").orAbsent(),
          share("share_unaffordable", "share of persons covered, at a price over the threshold")
              .orAbsent(),
          number("price_month", "expected price of the cheapest basket on offer, a month")
              .atLeast(0)
              .orAbsent(),
          currency(),
          number("income_mean_month", "mean income per head and month").atLeast(0),
          number("price_income_pct", "price on offer as per cent of mean income")
              .atLeast(0)
              .orAbsent(),
          text(OPERATOR, "operator most likely to be the cheapest on offer").orAbsent(),
          number(
                  "income_shortfall_month",
                  "income a month that is missing until the price on offer is affordable, mean over"
                      + " all persons covered; nothing for those who can afford it, nor where no"
                      + " operator has a price")
              .atLeast(0)
              .orAbsent());

  public static final Table CELL_HOMES =
      table(
          "cell_homes",
          "Connected persons by a measurement at radio cells, shared to the areas where they live;"
              + " one row an operator, area and sex. Without such a measurement there is no row.",
          List.of(OPERATOR, AREA, SEX),
          operator(),
          area(),
          text("parent", "area that holds it, of the levels that are counted in").orAbsent(),
          text(SEX, "sex as registered; all: everyone, of unknown sex too")
              .oneOf("female", "male", ALL),
          number("persons", "estimate as counted; below 0 where the noise is"),
          number("variance", "of its error, persons squared").atLeast(0),
          number("by_mast", "those of all at cells without people in reach, who count at the mast"),
          whole("cells_by_mast", "how many such cells").atLeast(0));

  public static final Table SUBSCRIBERS =
      table(
          "subscribers",
          "Connected persons by the measurement, all operators together, fitted so that areas and"
              + " places add up.",
          List.of("leaf_kind", "leaf", SEX),
          text("leaf_kind", "what is counted in").oneOf(PLACE, AREA),
          text("leaf", "id of the area, or H3 index of the hexagon in decimal digits"),
          text("parent", "area that holds it, of those that are counted in").orAbsent(),
          text(SEX, "sex as registered; all: everyone, of unknown sex too")
              .oneOf("female", "male", ALL),
          number("persons", "estimate; below 0 where the noise is. Absent where hidden").orAbsent(),
          number("variance", "of its error, persons squared; 0 without noise")
              .atLeast(0)
              .orAbsent(),
          field(
              "shown",
              DataTypes.BooleanType,
              "as counted, before it stands for persons and operators that were not, it is high and"
                  + " sure enough to be used"));

  public static final Table SETTLEMENT_TYPES =
      table(
          "settlement_types",
          "Whether people count as urban or rural, one row a place and area with persons 15 and"
              + " older.",
          List.of(PLACE, AREA),
          place(),
          area(),
          text(SETTLEMENT_TYPE, "the office's for the area, else in the survey's share by density")
              .oneOf("urban", "rural"));

  public static final Table AREA_COVARIATES =
      table(
          "area_covariates",
          "What may tell who is connected, one row an area that has people and settlement type.",
          List.of(AREA, SETTLEMENT_TYPE),
          area(),
          settlementType(),
          micro("adults_micro", "persons 15 and older"),
          field("covariates", DataTypes.createArrayType(DataTypes.StringType), "names"),
          field(
              "values",
              DataTypes.createArrayType(DataTypes.DoubleType),
              "value of each covariate; null where not known"));

  public static final Table AREA_RATES =
      table(
          "area_rates",
          "Share of connected persons 15 and older by small-area estimation, before coverage; one"
              + " row an area that has people and settlement type, and one for each whole area of"
              + " a level whose direct estimates are of whole areas.",
          List.of(AREA, SETTLEMENT_TYPE),
          area(),
          text(SETTLEMENT_TYPE, "urban or rural; all: the whole area, its sub-areas included")
              .oneOf("urban", "rural", ALL),
          micro("adults_micro", "persons 15 and older"),
          share("rate", "estimate"),
          share("low", "5 % end of its interval"),
          share("high", "95 % end of its interval"),
          text("unit", "area that direct estimates are of, which holds this one"),
          number("respondents", "respondents of the unit").atLeast(0),
          share("direct", "direct estimate of the unit").orAbsent(),
          number("direct_error", "its standard error, smoothed over units").atLeast(0).orAbsent(),
          share("shrinkage", "weight of the direct estimate in that of the unit").orAbsent(),
          number("residual", "of the unit from the model, in standard deviations").orAbsent(),
          field(
              "error_sources",
              DataTypes.createArrayType(DataTypes.StringType),
              "what the estimate errs by: rows that name one err together"),
          field(
              "logit_errors",
              DataTypes.createArrayType(DataTypes.DoubleType),
              "what a standard error of each does to the logit of the rate"));

  public static final Table RATE_MODELS =
      table(
          "rate_models",
          "Models that area_rates rests on, one row a level of areas and coefficient.",
          List.of("level", "term"),
          field("level", DataTypes.IntegerType, "depth in the tree of the areas of the model")
              .between(0, 9),
          text("term", "intercept, or a covariate, in standard deviations from its mean"),
          number("coefficient", "on the arcsine scale of shares"),
          number("standard_error", "of the coefficient").atLeast(0),
          whole("areas", "areas that the model is fitted to").atLeast(3),
          number("model_variance", "variance of areas beyond the model, on that scale").atLeast(0),
          number("median_shrinkage", "median weight of direct estimates").between(0, 1));

  public static final Table CONNECTED =
      table(
          "connected",
          "Persons 15 and older who use mobile internet, one row a place, area and group.",
          PLACE_GROUP,
          place(),
          area(),
          sex(),
          ageBand(),
          disability(),
          micro(PERSONS_MICRO, "persons connected").orAbsent(),
          micro("removed_micro", "persons connected by the source for whom there is no coverage"),
          text("source", "what the figure rests on").oneOf("subscriptions", "survey", "none"),
          share("rate", "share connected that the errors are about").orAbsent(),
          field(
                  "error_sources",
                  DataTypes.createArrayType(DataTypes.StringType),
                  "what the rate errs by: rows that name one err together")
              .orAbsent(),
          field(
                  "logit_errors",
                  DataTypes.createArrayType(DataTypes.DoubleType),
                  "what a standard error of each does to the logit of the rate")
              .orAbsent());

  public static final Table INCLUSION =
      table(
          "inclusion",
          "The five parts of the persons 15 and older, one row a place, area and group.",
          PLACE_GROUP,
          place(),
          area(),
          sex(),
          ageBand(),
          disability(),
          micro(PERSONS_MICRO, "persons 15 and older"),
          micro("unknown_micro", "persons whose coverage is not known"),
          micro("uncovered_micro", "no usable network where they live"),
          micro("unaffordable_micro", "covered, at a price over the threshold"),
          micro("affordable_micro", "covered, at a price within the threshold"),
          micro("priced_out_micro", "covered, cannot afford it, not connected").orAbsent(),
          micro("burdened_micro", "connected at a price over the threshold").orAbsent(),
          micro("held_back_micro", "covered, could afford it, not connected").orAbsent(),
          micro("included_micro", "connected at a price within the threshold").orAbsent(),
          micro("lacking_micro", "uncovered or unaffordable: lack affordable access"),
          micro("priced_out_min_micro", "least that priced_out can be").orAbsent(),
          micro("priced_out_max_micro", "most that priced_out can be").orAbsent(),
          share("coverage_probability", "probability of a usable network").orAbsent(),
          text("best_technology", "newest technology with an even chance of service").orAbsent(),
          number("price_income_pct", "price on offer as per cent of mean income")
              .atLeast(0)
              .orAbsent(),
          text("barrier", "the largest of the parts that keep people out")
              .oneOf("uncovered", "priced_out", "burdened", "held_back", "unaffordable", "unknown")
              .orAbsent(),
          text("connected_source", "what the connected persons rest on")
              .oneOf("subscriptions", "survey", "none"),
          micro("uncovered_low_micro", "5 % quantile").orAbsent(),
          micro("uncovered_high_micro", "95 % quantile").orAbsent(),
          micro("unaffordable_low_micro", "5 % quantile").orAbsent(),
          micro("unaffordable_high_micro", "95 % quantile").orAbsent(),
          micro("affordable_low_micro", "5 % quantile").orAbsent(),
          micro("affordable_high_micro", "95 % quantile").orAbsent(),
          micro("priced_out_low_micro", "5 % quantile").orAbsent(),
          micro("priced_out_high_micro", "95 % quantile").orAbsent(),
          micro("burdened_low_micro", "5 % quantile").orAbsent(),
          micro("burdened_high_micro", "95 % quantile").orAbsent(),
          micro("held_back_low_micro", "5 % quantile").orAbsent(),
          micro("held_back_high_micro", "95 % quantile").orAbsent(),
          micro("included_low_micro", "5 % quantile").orAbsent(),
          micro("included_high_micro", "95 % quantile").orAbsent(),
          micro("lacking_low_micro", "5 % quantile").orAbsent(),
          micro("lacking_high_micro", "95 % quantile").orAbsent());

  private static Field sums(String name, String description) {
    return field(
        name, DataTypes.createArrayType(DataTypes.LongType), description + ", in millionths");
  }

  public static final Table AREA_SUMS =
      table(
          "area_sums",
          "Inclusion summed over the finest published areas, one row an area and group; each sum has"
              + " the estimate, then its replicates.",
          List.of(AREA, SEX, AGE_BAND, DISABILITY),
          area(),
          sex(),
          ageBand(),
          disability(),
          sums("persons", "persons 15 and older"),
          sums("unknown", "persons whose coverage is not known"),
          sums("told", "persons of known coverage of whom it is known who is connected"),
          sums("uncovered", "no usable network where they live"),
          sums("unaffordable", "covered, at a price over the threshold"),
          sums("affordable", "covered, at a price within the threshold"),
          sums("priced_out", "covered, cannot afford it, not connected"),
          sums("burdened", "connected at a price over the threshold"),
          sums("held_back", "covered, could afford it, not connected"),
          sums("included", "connected at a price within the threshold"),
          sums("lacking", "uncovered or unaffordable"),
          sums("priced_out_min", "least that priced_out can be"),
          sums("priced_out_max", "most that priced_out can be"));

  public static final Table INDICATORS =
      table(
          "indicators",
          "Published indicators, one row an area, group and indicator.",
          List.of(AREA, SEX, AGE_BAND, DISABILITY, "indicator"),
          area(),
          sex(),
          ageBand(),
          disability(),
          text("indicator", "name of the indicator, as lacking_pct or sdg_9_c_1_4g"),
          field("year", DataTypes.IntegerType, "year of the reference date").between(1900, 2200),
          number("value", "the figure, in the indicator's unit").orAbsent(),
          number("low", "5 % quantile").orAbsent(),
          number("high", "95 % quantile").orAbsent(),
          number("numerator", "persons or money above the line").orAbsent(),
          number("denominator", "persons or money below the line").orAbsent(),
          text("unit", "unit of the value").oneOf("percent", "persons", "ratio", "money"),
          text("method", "how the figure is made"),
          text("quality", "how far it can be used")
              .oneOf("good", "caution", "unreliable", "suppressed"),
          text("reason", "why there is no value").orAbsent());

  /** The tables that stages write, in the order of the flow. */
  public static final List<Table> BETWEEN_STAGES =
      List.of(
          SETTLED_POINTS,
          POPULATION,
          POINT_PEOPLE,
          PLACES,
          STATED_COVERAGE,
          KNOWN_COVERAGE,
          SIGNAL_UNITS,
          SIGNAL,
          COVERAGE_OFFSETS,
          COVERAGE,
          COVERAGE_AGREEMENT,
          OFFERS,
          PRICES,
          UNUSED_TARIFFS,
          INCOME_DISTRIBUTIONS,
          AFFORDABILITY,
          CELL_HOMES,
          SUBSCRIBERS,
          SETTLEMENT_TYPES,
          AREA_COVARIATES,
          AREA_RATES,
          RATE_MODELS,
          CONNECTED,
          INCLUSION,
          AREA_SUMS,
          INDICATORS,
          FOOTPRINTS);
}
