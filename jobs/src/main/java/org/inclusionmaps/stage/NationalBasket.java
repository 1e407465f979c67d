package org.inclusionmaps.stage;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The basket that stands for the nation, by the rule of ITU: that of the operator with the most
 * subscribers. Where tariffs are of all operators, theirs. Where shares are not known, the
 * cheapest: the method says so, and the quality is caution.
 *
 * @param price price a month
 * @param rule which basket it is, in words
 * @param quality good, or caution where it is not that of the largest operator
 */
record NationalBasket(double price, String rule, String quality) {
  private static final String ANY = "*";

  /** What an operator's basket costs a month. */
  record Priced(String operator, double price, String version) {}

  /**
   * The basket.
   *
   * @param prices one an operator, or more of {@code *}; at least one
   * @param shares share of subscribers by operator; empty where not known
   */
  static NationalBasket of(List<Priced> prices, Map<String, Double> shares) {
    List<Priced> cheapest =
        prices.stream()
            .sorted(Comparator.comparingDouble(Priced::price).thenComparing(Priced::operator))
            .toList();
    Optional<Priced> all = cheapest.stream().filter(of -> of.operator().equals(ANY)).findFirst();
    // Of equal shares the cheaper: max keeps the first of equals.
    ToDoubleFunction<Priced> share = of -> shares.getOrDefault(of.operator(), 0.0);
    Optional<Priced> largest =
        cheapest.stream()
            .filter(of -> shares.containsKey(of.operator()))
            .max(Comparator.comparingDouble(share));
    double most = shares.values().stream().mapToDouble(each -> each).max().orElse(0);
    if (largest.isPresent() && share.applyAsDouble(largest.get()) >= most) {
      return basket(largest.get(), "of the operator with the most subscribers", "good");
    }
    if (all.isPresent()) {
      return basket(all.get(), "of all operators", "good");
    }
    if (largest.isPresent()) {
      return basket(
          largest.get(),
          "of the largest operator that sells one; a larger one does not",
          "caution");
    }
    return basket(
        cheapest.get(0),
        "of the cheapest operator; shares of subscribers are not known",
        "caution");
  }

  /**
   * The mean price over the subscribers, each at their own operator's price, or at that of {@code
   * *} where it is lower; none where no subscriber's operator sells one. Caution where some do not.
   */
  static Optional<NationalBasket> ofSubscribers(List<Priced> prices, Map<String, Double> shares) {
    double money = 0;
    double served = 0;
    double all = 0;
    for (Map.Entry<String, Double> of : shares.entrySet()) {
      double price = Double.POSITIVE_INFINITY;
      for (Priced each : prices) {
        if (each.operator().equals(of.getKey()) || each.operator().equals(ANY)) {
          price = Math.min(price, each.price());
        }
      }
      all += of.getValue();
      if (Double.isFinite(price)) {
        money += of.getValue() * price;
        served += of.getValue();
      }
    }
    return served > 0
        ? Optional.of(
            new NationalBasket(
                money / served,
                "mean over subscribers of the cheapest basket (%s) of their operator"
                    .formatted(prices.get(0).version()),
                served < all ? "caution" : "good"))
        : Optional.empty();
  }

  private static NationalBasket basket(Priced of, String rule, String quality) {
    return new NationalBasket(
        of.price(), "cheapest basket (%s) %s".formatted(of.version(), rule), quality);
  }
}
