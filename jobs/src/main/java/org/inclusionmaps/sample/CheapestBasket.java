package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The price of 2 GB a month, found by trying every combination of an operator's plans. */
final class CheapestBasket {
  private static final int NEED_MB = 2_000;
  private static final int MONTH_DAYS = 28;

  private final List<Tariffs.Plan> plans;
  private double cheapest = Double.POSITIVE_INFINITY;

  private CheapestBasket(List<Tariffs.Plan> plans) {
    this.plans = plans;
  }

  /** The price of each operator, in the order of their index. */
  static double[] prices() {
    double[] prices = new double[Operator.values().length];
    for (Operator operator : Operator.values()) {
      prices[operator.index()] = of(operator);
    }
    return prices;
  }

  /** The price of an operator: plans of 4G or newer at their regular price. */
  static double of(Operator operator) {
    List<Tariffs.Plan> plans = new ArrayList<>();
    for (Tariffs.Plan plan : Tariffs.plans()) {
      if (plan.operator() == operator
          && plan.technology().index() >= Technology.G4.index()
          && plan.terms() == Tariffs.Terms.REGULAR) {
        plans.add(plan);
      }
    }
    // An add-on needs a base plan, so a base plan that is bought comes first.
    plans.sort(Comparator.comparing(Tariffs.Plan::addOn));
    CheapestBasket search = new CheapestBasket(plans);
    search.buy(0, 0, 0, 0);
    return search.cheapest;
  }

  /** Tries every number of the plans from one on. */
  private void buy(int at, int bases, int mb, double price) {
    if (price >= cheapest) {
      return;
    }
    if (mb >= NEED_MB && bases > 0) {
      cheapest = price;
      return;
    }
    if (at == plans.size()) {
      return;
    }
    Tariffs.Plan plan = plans.get(at);
    buy(at + 1, bases, mb, price);
    if (plan.addOn() && bases == 0) {
      return;
    }
    int least = (MONTH_DAYS + plan.days() - 1) / plan.days();
    int most =
        StrictMath.max(least, (NEED_MB + plan.dataMb() - 1) / StrictMath.max(1, plan.dataMb()));
    for (int n = least; n <= most; n++) {
      int base = plan.addOn() ? 0 : n;
      buy(at + 1, bases + base, mb + n * plan.dataMb(), price + n * plan.price());
    }
  }
}
