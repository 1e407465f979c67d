package org.inclusionmaps.affordability;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is bought to meet a month's need.
 *
 * @param price price of all purchases, in the plans' money
 * @param purchases the plans bought, by id
 */
public record Basket(double price, List<Purchase> purchases) {

  /** A plan and how often it is bought, once or more. */
  public record Purchase(String plan, long times) {}

  public Basket {
    purchases = List.copyOf(purchases);
  }

  /** How many purchases in all. */
  public long count() {
    return purchases.stream().mapToLong(Purchase::times).sum();
  }

  /** The purchases in words, as {@code 1 x a + 2 x b}. */
  public String describe() {
    return purchases.stream()
        .map(purchase -> purchase.times + " x " + purchase.plan)
        .collect(Collectors.joining(" + "));
  }
}
