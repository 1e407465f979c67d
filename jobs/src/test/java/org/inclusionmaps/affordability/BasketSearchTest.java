package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.affordability.Plan.Kind.ADD_ON;
import static org.inclusionmaps.affordability.Plan.Kind.BASE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BasketSearchTest {
  private static final Plan ONE_GB = new Plan("1GB", BASE, 1.2, 30, 1000, 0, 0);
  private static final Plan FIVE_GB = new Plan("5GB", BASE, 4.0, 30, 5000, 0, 0);
  private static final Plan WEEK = new Plan("500MB", BASE, 0.4, 7, 500, 0, 0);

  private static Basket cheapest(double gb, Plan... plans) {
    return BasketSearch.cheapest(List.of(plans), new Need(gb * 1000, 0, 0)).orElseThrow();
  }

  @Test
  void pricesEachPackAloneAsKnown() {
    assertThat(cheapest(2, ONE_GB).price()).isEqualTo(2.4);
    assertThat(cheapest(2, FIVE_GB).price()).isEqualTo(4.0);
    assertThat(cheapest(2, WEEK).price()).isEqualTo(1.6);
    assertThat(cheapest(5, ONE_GB).price()).isEqualTo(6.0);
    assertThat(cheapest(5, FIVE_GB).price()).isEqualTo(4.0);
    assertThat(cheapest(5, WEEK).price()).isEqualTo(4.0);
  }

  @Test
  void takesTheCheapestPackOfTheKnownThree() {
    var basket = cheapest(2, ONE_GB, FIVE_GB, WEEK);
    assertThat(basket.price()).isEqualTo(1.6);
    assertThat(basket.describe()).isEqualTo("4 x 500MB");
  }

  @Test
  void breaksTheKnownTieByFewerPurchases() {
    assertThat(cheapest(5, ONE_GB, FIVE_GB, WEEK).describe()).isEqualTo("1 x 5GB");
  }

  @Test
  void breaksARemainingTieByPlanId() {
    var a = new Plan("a", BASE, 1, 30, 1000, 0, 0);
    var b = new Plan("b", BASE, 1, 30, 1000, 0, 0);
    assertThat(cheapest(2, b, a).describe()).isEqualTo("2 x a");
  }

  @Test
  void repeatsAShortPackUntilItLastsTheMonth() {
    var day = new Plan("day", BASE, 0.1, 1, 2000, 0, 0);
    assertThat(cheapest(2, day).describe()).isEqualTo("28 x day");
    var fourWeeks = new Plan("28 days", BASE, 2.5, 28, 2000, 0, 0);
    assertThat(cheapest(2, day, fourWeeks).describe()).isEqualTo("1 x 28 days");
  }

  @Test
  void buysAnAddOnOnlyWithABasePlanThatLastsTheMonth() {
    var addOn = new Plan("extra", ADD_ON, 0.5, 30, 2000, 0, 0);
    var base = new Plan("base", BASE, 0.3, 7, 0, 10, 0);
    assertThat(cheapest(2, addOn, base, FIVE_GB).describe()).isEqualTo("4 x base + 1 x extra");
    assertThat(BasketSearch.cheapest(List.of(addOn), new Need(2000, 0, 0))).isEmpty();
  }

  @Test
  void meetsEveryNeedAtOnce() {
    var talk = new Plan("talk", BASE, 1, 30, 100, 70, 0);
    var data = new Plan("data", ADD_ON, 1, 30, 500, 0, 20);
    var all = new Plan("all", BASE, 2.1, 30, 500, 70, 20);
    var plans = List.of(talk, data, all);
    assertThat(BasketSearch.cheapest(plans, new Need(500, 70, 20)).orElseThrow().describe())
        .isEqualTo("1 x data + 1 x talk");
    assertThat(BasketSearch.cheapest(List.of(talk), new Need(500, 70, 20))).isEmpty();
  }

  @Test
  void needsABasePlanEvenForNothing() {
    assertThat(cheapest(0, ONE_GB, WEEK).price()).isEqualTo(1.2);
  }

  @Test
  void findsWhatTryingEveryCombinationFinds() {
    var random = new Random(5);
    int solved = 0;
    for (int round = 0; round < 3000; round++) {
      var plans = new ArrayList<Plan>();
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        plans.add(
            new Plan(
                "p" + (i * 7) % 5,
                random.nextInt(3) == 0 ? ADD_ON : BASE,
                random.nextInt(12) / 4.,
                new double[] {7, 10, 28, 30}[random.nextInt(4)],
                random.nextInt(5) * 250,
                random.nextInt(3) * 30,
                random.nextInt(3) * 10));
      }
      var need = new Need(random.nextInt(4) * 500, random.nextInt(3) * 35, random.nextInt(2) * 25);
      var expected = bruteForce(plans, need);
      var found = BasketSearch.cheapest(plans, need).map(Basket::describe).orElse("none");
      assertThat(found).as("%s for %s", need, plans).isEqualTo(expected);
      solved += expected.equals("none") ? 0 : 1;
    }
    assertThat(solved).isBetween(1000, 2900);
  }

  /** Every count of every plan to 8, in the order of the tie rule. */
  private static String bruteForce(List<Plan> plans, Need need) {
    var sorted = new ArrayList<>(plans);
    sorted.sort((a, b) -> a.id().compareTo(b.id()));
    int[] best = null;
    double bestPrice = Double.MAX_VALUE;
    int bestCount = Integer.MAX_VALUE;
    int combinations = (int) Math.pow(9, sorted.size());
    // From the top down: of two equal ones, more of the smaller id comes first.
    for (int code = combinations - 1; code >= 0; code--) {
      int[] times = new int[sorted.size()];
      int rest = code;
      for (int i = times.length - 1; i >= 0; i--) {
        times[i] = rest % 9;
        rest /= 9;
      }
      double price = 0;
      int count = 0;
      for (int i = 0; i < times.length; i++) {
        price += times[i] * sorted.get(i).price();
        count += times[i];
      }
      boolean better = price < bestPrice || (price == bestPrice && count < bestCount);
      if (better && allowed(sorted, times, need)) {
        best = times;
        bestPrice = price;
        bestCount = count;
      }
    }
    return best == null ? "none" : describe(sorted, best);
  }

  private static boolean allowed(List<Plan> plans, int[] times, Need need) {
    double data = 0;
    double minutes = 0;
    double sms = 0;
    boolean base = false;
    for (int i = 0; i < times.length; i++) {
      var plan = plans.get(i);
      if (times[i] > 0 && times[i] * plan.validityDays() < 28) {
        return false;
      }
      data += times[i] * plan.dataMb();
      minutes += times[i] * plan.minutes();
      sms += times[i] * plan.sms();
      base |= times[i] > 0 && plan.kind() == BASE;
    }
    return base && data >= need.dataMb() && minutes >= need.minutes() && sms >= need.sms();
  }

  private static String describe(List<Plan> plans, int[] times) {
    var words = new ArrayList<String>();
    for (int i = 0; i < times.length; i++) {
      if (times[i] > 0) {
        words.add(times[i] + " x " + plans.get(i).id());
      }
    }
    return String.join(" + ", words);
  }

  @Test
  void isQuickOnAHundredPlans() {
    var random = new Random(6);
    var plans = new ArrayList<Plan>();
    for (int i = 0; i < 100; i++) {
      double mb = 1 + random.nextInt(4000);
      plans.add(
          new Plan(
              "p" + i,
              i % 3 == 0 ? ADD_ON : BASE,
              Math.round(mb / 10 * (0.8 + random.nextDouble())) / 100.,
              1 + random.nextInt(30),
              mb,
              random.nextInt(200),
              random.nextInt(50)));
    }
    long start = System.nanoTime();
    assertThat(BasketSearch.cheapest(plans, new Need(5000, 70, 20))).isPresent();
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(10);
  }

  @Test
  void neverGetsDearerWithOneMorePlan() {
    var random = new Random(7);
    for (int round = 0; round < 300; round++) {
      var plans = new ArrayList<>(List.of(ONE_GB));
      double before = cheapest(3, ONE_GB).price();
      for (int i = 0; i < 6; i++) {
        plans.add(
            new Plan("q" + i, BASE, random.nextInt(400) / 100., 7, random.nextInt(3000), 0, 0));
        double after = BasketSearch.cheapest(plans, new Need(3000, 0, 0)).orElseThrow().price();
        assertThat(after).isLessThanOrEqualTo(before);
        before = after;
      }
    }
  }
}
