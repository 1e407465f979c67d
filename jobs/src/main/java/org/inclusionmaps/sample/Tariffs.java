package org.inclusionmaps.sample;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What the operators sell. */
final class Tariffs {
  /** Code of the country's money; ISO 4217 gives XSL to no currency. */
  static final String CURRENCY = "XSL";

  private static final String BASE = "base";
  private static final String ADD_ON = "add-on";

  /**
   * A plan on sale.
   *
   * @param price of one purchase
   * @param days that one purchase lasts
   * @param dataMb data of one purchase, MB
   * @param kind base or add-on
   * @param terms whether the price lasts
   */
  record Plan(
      Operator operator,
      String id,
      Technology technology,
      double price,
      int days,
      int dataMb,
      int minutes,
      String kind,
      Terms terms) {
    boolean addOn() {
      return kind.equals(ADD_ON);
    }
  }

  /** Whether a price lasts. */
  enum Terms {
    REGULAR,
    PROMOTION
  }

  private Tariffs() {}

  /** All plans. */
  static List<Plan> plans() {
    Operator first = Operator.INCUMBENT;
    Operator second = Operator.CHALLENGER;
    Operator third = Operator.CITY;
    return List.of(
        base(first, "day-100", Technology.G4, 1.6, 1, 100, 0),
        base(first, "week-500", Technology.G4, 9, 7, 500, 0),
        base(first, "month-1", Technology.G4, 18, 30, 1_000, 0),
        base(first, "month-2", Technology.G4, 29, 30, 2_000, 60),
        base(first, "month-5", Technology.G4, 52, 30, 5_000, 200),
        base(first, "month-15", Technology.G4, 98, 30, 15_000, 600),
        base(first, "classic-2", Technology.G3, 21, 30, 2_000, 0),
        base(first, "talk-100", Technology.G2, 8, 30, 0, 100),
        base(first, "line", Technology.G4, 9, 30, 300, 100),
        add(first, "line-more-1", 10, 30, 1_000),
        add(first, "line-more-2", 17.5, 30, 2_000),
        promotion(first, "festival-10", 15, 30, 10_000),
        base(second, "three-days-300", Technology.G4, 3.5, 3, 300, 0),
        base(second, "week-600", Technology.G4, 6, 7, 600, 0),
        base(second, "month-1", Technology.G4, 13.5, 30, 1_000, 0),
        base(second, "month-3", Technology.G4, 31, 30, 3_000, 100),
        base(second, "month-8", Technology.G4, 60, 30, 8_000, 300),
        add(second, "night-5", 6, 1, 500),
        base(third, "week-1", Technology.G4, 5.5, 7, 1_000, 0),
        base(third, "month-2.5", Technology.G4, 19.9, 30, 2_500, 0),
        base(third, "month-6", Technology.G4, 35, 30, 6_000, 250),
        base(third, "month-5g-20", Technology.G5, 75, 30, 20_000, 500),
        promotion(third, "welcome-5", 9.9, 30, 5_000));
  }

  private static Plan base(
      Operator operator,
      String id,
      Technology technology,
      double price,
      int days,
      int mb,
      int min) {
    return new Plan(operator, id, technology, price, days, mb, min, BASE, Terms.REGULAR);
  }

  private static Plan add(Operator operator, String id, double price, int days, int mb) {
    return new Plan(operator, id, Technology.G4, price, days, mb, 0, ADD_ON, Terms.REGULAR);
  }

  private static Plan promotion(Operator operator, String id, double price, int days, int mb) {
    return new Plan(operator, id, Technology.G4, price, days, mb, 0, BASE, Terms.PROMOTION);
  }

  /** The rows of the table of tariffs. */
  static List<Row> rows() {
    return plans().stream()
        .map(
            plan ->
                RowFactory.create(
                    plan.operator().code(),
                    plan.id(),
                    plan.technology().label(),
                    plan.price(),
                    CURRENCY,
                    (double) plan.days(),
                    (double) plan.dataMb(),
                    (double) plan.minutes(),
                    null,
                    plan.kind(),
                    plan.terms() == Terms.PROMOTION))
        .toList();
  }
}
