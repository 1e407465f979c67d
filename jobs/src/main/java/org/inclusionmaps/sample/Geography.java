package org.inclusionmaps.sample;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;

/**
 * What follows from the land alone: homes, masts and services, district by district. A district is
 * made from the seed and itself, so that any machine can make any of them.
 */
final class Geography {
  /** Districts whose masts may reach a district: the farthest reach is less than two of them. */
  private static final int REACH_DISTRICTS = 2;

  private final SparkSession spark;
  private final SampleSettings settings;
  private final Land land;
  private final int slices;

  /**
   * The geography of a country.
   *
   * @param slices pieces of work; they change no row
   */
  Geography(SparkSession spark, SampleSettings settings, Land land, int slices) {
    this.spark = spark;
    this.settings = settings;
    this.land = land;
    this.slices = slices;
  }

  /** The homes and the networks that serve them: {@link Truth#HOMES}. */
  Dataset<Row> homes() {
    return byDistrict(Maker::homes, Truth.HOMES.schema());
  }

  /** The radio cells that a phone at each home may be connected to: {@link HomeCells#SCHEMA}. */
  Dataset<Row> homeCells() {
    return byDistrict(Maker::homeCells, HomeCells.SCHEMA);
  }

  /** The radio cells as the operators tell them, with gaps. */
  Dataset<Row> radioCells() {
    return byDistrict(Maker::radioCells, Tables.RADIO_CELLS.schema());
  }

  /** Agents, branches, clinics and other services. */
  Dataset<Row> services() {
    return byDistrict(Maker::services, Tables.SERVICES.schema());
  }

  private interface Making extends Serializable {
    List<Row> rows(Maker maker, District district);
  }

  private Dataset<Row> byDistrict(Making making, StructType schema) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    // With the task's own code, by Java's serialisation: Kryo does not know records.
    Land whole = land;
    SampleSettings made = settings;
    List<Integer> indices = new ArrayList<>();
    land.districts().forEach(district -> indices.add(district.index()));
    return spark.createDataFrame(
        context
            .parallelize(indices, slices)
            .mapPartitions(some -> rows(new Maker(made, whole), some, making)),
        schema);
  }

  private static Iterator<Row> rows(Maker maker, Iterator<Integer> indices, Making making) {
    return new Chain<>(
        indices, index -> making.rows(maker, maker.land.districts().get(index)).iterator());
  }

  /** Makes the rows of districts, and remembers the settlements and masts that it made. */
  private static final class Maker {
    private final Draws draws;
    private final Land land;
    private final Settling settling;
    private final Masts planning;
    private final Reach reach;
    private final HomeCells homeCells;
    private final ServicePoints services;
    private final Map<Integer, List<Settlement>> settlements = new HashMap<>();
    private final Map<Integer, List<Mast>> masts = new HashMap<>();

    Maker(SampleSettings settings, Land land) {
      this.draws = new Draws(settings.seed());
      this.land = land;
      this.settling = new Settling(settings, land);
      this.planning = new Masts(settings, land);
      Propagation propagation = new Propagation(draws, new Terrain(draws));
      this.reach = new Reach(propagation);
      this.homeCells = new HomeCells(propagation);
      this.services = new ServicePoints(draws);
    }

    private List<Settlement> settlements(District district) {
      return settlements.computeIfAbsent(district.index(), i -> settling.of(district));
    }

    private List<Mast> masts(District district) {
      return masts.computeIfAbsent(
          district.index(), i -> planning.of(district, settlements(district)));
    }

    private List<Mast> near(District district) {
      List<Mast> near = new ArrayList<>();
      land.near(district, REACH_DISTRICTS).forEach(other -> near.addAll(masts(other)));
      return near;
    }

    List<Row> homeCells(District district) {
      List<Mast> near = near(district);
      return Home.of(draws, district, settlements(district)).stream()
          .map(home -> homeCells.at(home, near))
          .toList();
    }

    List<Row> homes(District district) {
      List<Mast> near = near(district);
      return Home.of(draws, district, settlements(district)).stream()
          .map(
              home ->
                  home.servedBy(
                      reach.at(
                          Frame.xKm(home.lon()),
                          Frame.yKm(home.lat()),
                          home.personsPerKm2(),
                          near)))
          .map(HomeRows::toRow)
          .toList();
    }

    List<Row> radioCells(District district) {
      return masts(district).stream()
          .flatMap(mast -> RadioCellRows.of(draws, mast).stream())
          .toList();
    }

    List<Row> services(District district) {
      return services.of(district, settlements(district));
    }
  }
}
