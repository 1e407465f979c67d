package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.ConnectedSettings.RegisteredSexSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.LogitShift;
import org.inclusionmaps.estimation.RegisteredSex;

/**
 * How far the odds of women to men of being connected, by the measurement, are from those of the
 * survey: one number for each area whose women and men are both shown, and for the areas below it
 * that have none of their own. The register's errors are undone first ({@link RegisteredSex}). Only
 * the split of an area's connected persons into women and men rests on it, never their number.
 */
final class SexesOfSims {
  /** What the logit of women's rate, less that of men's, is moved by. */
  static final String SHIFT = "sex_shift";

  /** Women are held so many persons from nobody and from all of the connected, and of the women. */
  private static final double LEAST_PERSONS = 0.5;

  private static final StructType SHIFTS =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(SHIFT, DataTypes.DoubleType, false)
          .add("shift_sources", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("shift_errors", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private SexesOfSims() {}

  /** No area has a shift. */
  static Dataset<Row> none(Dataset<Row> like) {
    return like.sparkSession().createDataFrame(List.of(), SHIFTS);
  }

  /**
   * The shifts of areas: area, {@link #SHIFT}, shift_sources and shift_errors.
   *
   * @param adults area, settlement_type, sex, age_band, persons and the survey's group_rate
   * @param areaRates rows of {@link Tables#AREA_RATES}
   */
  static Dataset<Row> shifts(
      Dataset<Row> subscribers,
      Dataset<Row> areas,
      Dataset<Row> adults,
      Dataset<Row> areaRates,
      RegisteredSexSettings register) {
    Dataset<Row> bySex =
        subscribers
            .where(col("leaf_kind").equalTo(Tables.AREA).and(col("shown")))
            .groupBy("leaf")
            .agg(
                sum(when(col(Tables.SEX).equalTo("female"), col("persons"))).as("women"),
                sum(when(col(Tables.SEX).equalTo("female"), col("variance"))).as("women_variance"),
                sum(when(col(Tables.SEX).equalTo("male"), col("persons"))).as("men"),
                sum(when(col(Tables.SEX).equalTo("male"), col("variance"))).as("men_variance"))
            .where(col("women").isNotNull().and(col("men").isNotNull()));
    Dataset<Row> nearest =
        AreaTree.ancestors(areas)
            .join(broadcast(bySex), col("leaf").equalTo(col(AreaTree.ANCESTOR)))
            .groupBy(Tables.AREA)
            .agg(
                max_by(
                        struct(
                            col("leaf"),
                            col("women"),
                            col("women_variance"),
                            col("men"),
                            col("men_variance")),
                        col(AreaTree.ANCESTOR_LEVEL))
                    .as("measured"));
    double womenAsMen = register.womenAsMen();
    double menAsWomen = register.menAsWomen();
    double error = register.error();
    return adults
        .where(col(Tables.SEX).isin("female", "male"))
        .join(
            areaRates.select(Tables.AREA, Tables.SETTLEMENT_TYPE, GroupRates.RATE),
            new String[] {Tables.AREA, Tables.SETTLEMENT_TYPE})
        .join(broadcast(nearest), Tables.AREA)
        .groupBy("measured")
        .agg(
            collect_list(
                    struct(
                        col(Tables.AREA),
                        col(Tables.SETTLEMENT_TYPE),
                        col(Tables.SEX),
                        col(Tables.AGE_BAND),
                        col("persons"),
                        col("group_rate"),
                        col(GroupRates.RATE)))
                .as("groups"))
        .flatMap(
            (FlatMapFunction<Row, Row>) row -> of(row, womenAsMen, menAsWomen, error),
            Encoders.row(SHIFTS));
  }

  private static Iterator<Row> of(Row row, double womenAsMen, double menAsWomen, double error) {
    Row measured = row.getStruct(0);
    double women = measured.getDouble(1);
    double all = women + measured.getDouble(3);
    double share = women / all;
    double variance =
        ((1 - share) * (1 - share) * measured.getDouble(2) + share * share * measured.getDouble(4))
            / (all * all);
    Groups groups = Groups.of(row.getList(1));
    RegisteredSex register = new RegisteredSex(womenAsMen, menAsWomen);
    double shift = groups.shift(register.women(share));
    List<String> sources =
        List.of("sexes of SIMs " + measured.getString(0), "women as men", "men as women");
    // One standard error of each, up and down: women's share may be held at an end.
    double noise = Math.sqrt(variance);
    List<Double> errors =
        List.of(
            half(
                groups.shift(register.women(share + noise)),
                groups.shift(register.women(share - noise))),
            half(
                groups.shift(of(womenAsMen + error, menAsWomen).women(share)),
                groups.shift(of(womenAsMen - error, menAsWomen).women(share))),
            half(
                groups.shift(of(womenAsMen, menAsWomen + error).women(share)),
                groups.shift(of(womenAsMen, menAsWomen - error).women(share))));
    List<Row> out = new ArrayList<>();
    for (String area : groups.areas()) {
      out.add(RowFactory.create(area, shift, sources.toArray(), errors.toArray()));
    }
    return out.iterator();
  }

  private static RegisteredSex of(double womenAsMen, double menAsWomen) {
    return new RegisteredSex(Math.max(0, womenAsMen), Math.max(0, menAsWomen));
  }

  private static double half(double up, double down) {
    return (up - down) / 2;
  }

  /** Women and men of a measured area by settlement type and age, with the survey's rates. */
  private record Groups(List<String> areas, Side women, Side men, double connected) {
    static Groups of(List<Row> rows) {
      List<Row> sorted = new ArrayList<>(rows);
      sorted.sort(
          Comparator.comparing((Row row) -> row.getString(0))
              .thenComparing(row -> row.getString(1))
              .thenComparing(row -> row.getString(2))
              .thenComparing(row -> row.getString(3)));
      double connected = 0;
      for (Row row : sorted) {
        connected += row.getLong(4) / (double) Tables.MICRO * row.getDouble(6);
      }
      return new Groups(
          sorted.stream().map(row -> row.getString(0)).distinct().toList(),
          Side.of(sorted, "female"),
          Side.of(sorted, "male"),
          connected);
    }

    /** What women's logit less men's is moved by, so that women are this share of the connected. */
    double shift(double share) {
      double ofWomen = women.shift(connected * share);
      double ofMen = men.shift(connected * (1 - share));
      return ofWomen - ofMen;
    }
  }

  /** One sex. The arrays are read only. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Side(double[] persons, double[] rates, double all) {
    static Side of(List<Row> rows, String sex) {
      List<Row> own = rows.stream().filter(row -> row.getString(2).equals(sex)).toList();
      double[] persons =
          own.stream().mapToDouble(row -> row.getLong(4) / (double) Tables.MICRO).toArray();
      double[] rates = own.stream().mapToDouble(row -> row.getDouble(5)).toArray();
      double all = 0;
      for (double of : persons) {
        all += of;
      }
      return new Side(persons, rates, all);
    }

    /** What the logits are moved by; no farther than half a person from nobody and from all. */
    double shift(double connected) {
      if (all <= 2 * LEAST_PERSONS) {
        return 0;
      }
      double held = Math.min(all - LEAST_PERSONS, Math.max(LEAST_PERSONS, connected));
      return LogitShift.of(persons, rates, held);
    }
  }
}
