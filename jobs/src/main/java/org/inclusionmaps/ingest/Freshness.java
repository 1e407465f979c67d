package org.inclusionmaps.ingest;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.inclusionmaps.config.ExpectSettings;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/** Whether a feed is young enough for the day that the figures stand for. */
final class Freshness {
  private Freshness() {}

  /** The day that a feed stands for: as the settings say, else as its newest folder does. */
  static @Nullable LocalDate date(Delivery delivery) {
    String stated = delivery.feed().expect().asOf();
    return stated == null ? delivery.date() : LocalDate.parse(stated);
  }

  /** Refuses a feed that is older than its settings allow, or whose age nothing tells. */
  static void check(Table table, Delivery delivery, IngestContext context) {
    ExpectSettings expect = delivery.feed().expect();
    Integer most = expect.maxAgeDays();
    if (most == null || context.referenceDate().equals(LocalDate.MAX)) {
      return;
    }
    LocalDate date = date(delivery);
    if (date == null) {
      throw Refusals.setting(
          table,
          ".expect.max_age_days is %d, but nothing tells the day that %s stands for; state expect.as_of, or deliver it in folders date=YYYY-MM-DD"
              .formatted(most, delivery.feed().path()));
    }
    long age = ChronoUnit.DAYS.between(date, context.referenceDate());
    if (age > most) {
      throw Refusals.broken(
          table,
          "%s stands for %s, %d days before release.reference_date %s, but at most %d are allowed; deliver a newer one, or raise inputs.%s.expect.max_age_days"
              .formatted(
                  delivery.feed().path(), date, age, context.referenceDate(), most, table.name()));
    }
  }
}
