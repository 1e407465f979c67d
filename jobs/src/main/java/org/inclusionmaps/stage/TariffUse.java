package org.inclusionmaps.stage;

import java.util.List;
import org.apache.spark.sql.Row;
import org.inclusionmaps.affordability.Need;
import org.inclusionmaps.affordability.Plan;
import org.inclusionmaps.config.AffordabilitySettings.BasketSettings;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/** Rows of tariffs as plans, and why some can be no part of a basket. */
final class TariffUse {
  static final String PROMOTION = "promotion";
  static final String OLDER_TECHNOLOGY = "older_technology";
  static final String ADD_ON_WITHOUT_BASE = "add_on_without_base";
  static final String GIVES_NOTHING_NEEDED = "gives_nothing_needed";

  private static final double MB_PER_GB = 1000;

  private TariffUse() {}

  static Need need(BasketSettings basket) {
    return new Need(basket.dataGb() * MB_PER_GB, basket.minutes(), basket.sms());
  }

  /** Whether it is no promotion, and of a technology or newer. */
  static boolean counts(Row tariff, String technology) {
    return !promotional(tariff) && !older(tariff, technology);
  }

  /** The plan of a tariff, its price times a rate of exchange. */
  static Plan plan(Row tariff, double rate) {
    return new Plan(
        tariff.getAs("plan"),
        addOn(tariff) ? Plan.Kind.ADD_ON : Plan.Kind.BASE,
        tariff.<Double>getAs("price") * rate,
        tariff.<Double>getAs("validity_days"),
        tariff.<Double>getAs("data_mb"),
        orNone(tariff, "minutes"),
        orNone(tariff, "sms"));
  }

  /**
   * Why a tariff can be no part of a basket; null where it can.
   *
   * @param ofOperator all tariffs of its operator
   * @param technology the oldest that is usable
   */
  static @Nullable String reason(Row tariff, List<Row> ofOperator, Need need, String technology) {
    if (promotional(tariff)) {
      return PROMOTION;
    }
    if (older(tariff, technology)) {
      return OLDER_TECHNOLOGY;
    }
    List<Row> usable = ofOperator.stream().filter(row -> counts(row, technology)).toList();
    if (addOn(tariff) && usable.stream().allMatch(TariffUse::addOn)) {
      return ADD_ON_WITHOUT_BASE;
    }
    // A base plan without anything that is needed still carries add-ons that have it.
    boolean carries =
        !addOn(tariff) && usable.stream().anyMatch(row -> addOn(row) && gives(row, need));
    return gives(tariff, need) || carries ? null : GIVES_NOTHING_NEEDED;
  }

  private static boolean promotional(Row tariff) {
    return Boolean.TRUE.equals(tariff.getAs("promotional"));
  }

  private static boolean older(Row tariff, String technology) {
    return tariff.<String>getAs(Tables.TECHNOLOGY).compareTo(technology) < 0;
  }

  private static boolean addOn(Row tariff) {
    return !"base".equals(tariff.getAs("kind"));
  }

  private static boolean gives(Row tariff, Need need) {
    return (need.dataMb() > 0 && tariff.<Double>getAs("data_mb") > 0)
        || (need.minutes() > 0 && orNone(tariff, "minutes") > 0)
        || (need.sms() > 0 && orNone(tariff, "sms") > 0);
  }

  private static double orNone(Row row, String column) {
    int at = row.fieldIndex(column);
    return row.isNullAt(at) ? 0 : row.getDouble(at);
  }
}
