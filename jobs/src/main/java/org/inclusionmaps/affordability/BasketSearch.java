package org.inclusionmaps.affordability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cheapest combination of one operator's plans that meets a month's need.
 *
 * <p>Exact: dynamic programming over the plans in the order of their ids, with what is still needed
 * as the state; states that cannot become cheaper than a basket already known are dropped. Prices
 * count in millionths and amounts in thousandths, as whole numbers, so that ties are ties.
 *
 * <p>Rules: a plan is bought as often as lasts the month, if at all; at least one base plan is
 * bought, because an add-on needs one; ties go to fewer purchases, then to the smaller plan ids.
 */
public final class BasketSearch {
  private static final double PRICE_GRAIN = 1e6;
  private static final double AMOUNT_GRAIN = 1e3;

  private final List<Item> items;
  private long cheapestKnown = Long.MAX_VALUE;

  private BasketSearch(List<Item> items) {
    this.items = items;
  }

  /**
   * The cheapest basket.
   *
   * @param plans plans of one operator, with different ids
   * @param need what the month needs
   * @return empty if no combination meets the need
   */
  public static Optional<Basket> cheapest(List<Plan> plans, Need need) {
    long[] needed = {
      grains(need.dataMb(), AMOUNT_GRAIN),
      grains(need.minutes(), AMOUNT_GRAIN),
      grains(need.sms(), AMOUNT_GRAIN)
    };
    List<Item> items = new ArrayList<>();
    plans.stream()
        .sorted(Comparator.comparing(Plan::id))
        .forEach(plan -> items.add(Item.of(plan, needed)));
    List<Item> useful = new ArrayList<>();
    for (Item item : items) {
      if (items.stream().noneMatch(other -> other.dominates(item))) {
        useful.add(item);
      }
    }
    return new BasketSearch(useful).solve(new State(needed[0], needed[1], needed[2], false));
  }

  private static long grains(double value, double grain) {
    return Math.round(value * grain);
  }

  private Optional<Basket> solve(State start) {
    Map<State, Bought> layer = new HashMap<>();
    layer.put(start, new Bought(0, 0, new long[items.size()]));
    for (int i = 0; i < items.size(); i++) {
      Map<State, Bought> next = new HashMap<>(layer);
      for (Map.Entry<State, Bought> entry : layer.entrySet()) {
        if (!entry.getKey().met()) {
          buy(i, entry.getKey(), entry.getValue(), next);
        }
      }
      int done = i + 1;
      next.entrySet().removeIf(e -> !e.getKey().met() && hopeless(e.getKey(), e.getValue(), done));
      layer = next;
    }
    return Optional.ofNullable(layer.get(new State(0, 0, 0, true))).map(this::basket);
  }

  private void buy(int at, State from, Bought before, Map<State, Bought> next) {
    Item item = items.get(at);
    long most = item.most(from);
    for (long times = item.least; times <= most; times++) {
      State to = from.after(item, times);
      Bought bought = before.with(at, times, item.price);
      next.merge(to, bought, (a, b) -> b.betterThan(a) ? b : a);
      if (to.met()) {
        cheapestKnown = Math.min(cheapestKnown, bought.cost);
        return;
      }
    }
  }

  // A lower bound on the rest: each need alone, at the lowest price per unit of the plans to come.
  private boolean hopeless(State state, Bought bought, int from) {
    double rest = 0;
    for (int need = 0; need < 3; need++) {
      if (state.left(need) > 0) {
        double unit = Double.POSITIVE_INFINITY;
        for (Item item : items.subList(from, items.size())) {
          if (item.gives(need) > 0) {
            unit = Math.min(unit, (double) item.price / item.gives(need));
          }
        }
        rest = Math.max(rest, state.left(need) * unit);
      }
    }
    return bought.cost + rest * (1 - 1e-9) > cheapestKnown;
  }

  private Basket basket(Bought bought) {
    List<Basket.Purchase> purchases = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (bought.times[i] > 0) {
        purchases.add(new Basket.Purchase(items.get(i).id, bought.times[i]));
      }
    }
    return new Basket(bought.cost / PRICE_GRAIN, purchases);
  }

  /** A plan in whole numbers, its amounts cut to what is needed. */
  private record Item(
      String id, boolean base, long price, long least, long data, long minutes, long sms) {
    static Item of(Plan plan, long[] needed) {
      return new Item(
          plan.id(),
          plan.kind() == Plan.Kind.BASE,
          grains(plan.price(), PRICE_GRAIN),
          plan.purchasesForMonth(),
          Math.min(needed[0], grains(plan.dataMb(), AMOUNT_GRAIN)),
          Math.min(needed[1], grains(plan.minutes(), AMOUNT_GRAIN)),
          Math.min(needed[2], grains(plan.sms(), AMOUNT_GRAIN)));
    }

    /** Whether this one in the other's place never loses, not even a tie. */
    boolean dominates(Item other) {
      boolean noWorse =
          price <= other.price
              && least <= other.least
              && (base || !other.base)
              && data >= other.data
              && minutes >= other.minutes
              && sms >= other.sms;
      return noWorse && (price < other.price || id.compareTo(other.id) < 0);
    }

    long gives(int need) {
      return need == 0 ? data : need == 1 ? minutes : sms;
    }

    long most(State state) {
      long most = least;
      for (int need = 0; need < 3; need++) {
        if (gives(need) > 0) {
          most = Math.max(most, -Math.floorDiv(-state.left(need), gives(need)));
        }
      }
      return most;
    }
  }

  /** What is still needed, and whether a base plan is held. */
  private record State(long data, long minutes, long sms, boolean base) {
    State after(Item item, long times) {
      return new State(
          Math.max(0, data - times * item.data),
          Math.max(0, minutes - times * item.minutes),
          Math.max(0, sms - times * item.sms),
          base || item.base);
    }

    long left(int need) {
      return need == 0 ? data : need == 1 ? minutes : sms;
    }

    boolean met() {
      return data == 0 && minutes == 0 && sms == 0 && base;
    }
  }

  /** What has been bought so far. */
  private static final class Bought {
    private final long cost;
    private final long purchases;
    private final long[] times;

    Bought(long cost, long purchases, long[] times) {
      this.cost = cost;
      this.purchases = purchases;
      this.times = times;
    }

    Bought with(int at, long bought, long price) {
      long[] now = times.clone();
      now[at] = bought;
      return new Bought(cost + bought * price, purchases + bought, now);
    }

    boolean betterThan(Bought other) {
      if (cost != other.cost) {
        return cost < other.cost;
      }
      if (purchases != other.purchases) {
        return purchases < other.purchases;
      }
      // More of the smaller id first.
      return Arrays.compare(times, other.times) > 0;
    }
  }
}
