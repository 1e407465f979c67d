package org.inclusionmaps.contract;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/** In which money all is told, and whether other money can be converted to it. */
public final class Currencies {
  private Currencies() {}

  /**
   * The money that all is told in.
   *
   * @param ofIncomes currencies of the incomes
   * @param stated what the settings say; null for the one that incomes are in
   * @throws InclusionException if incomes are in several and the settings say nothing
   */
  public static String home(Set<String> ofIncomes, @Nullable String stated) {
    if (stated != null) {
      return stated;
    }
    SortedSet<String> found = new TreeSet<>(ofIncomes);
    if (found.size() > 1) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          ("incomes are in %s; state affordability.currency, in which all is told, and"
                  + " affordability.exchange_rates for the others")
              .formatted(String.join(", ", found)));
    }
    return found.isEmpty() ? "" : found.first();
  }

  /**
   * Checks that all money of a table can be told in one.
   *
   * @param table the table that has it
   * @param found its currencies
   * @param home the money that all is told in
   * @param rated currencies that the settings have an exchange rate of
   * @throws InclusionException if a rate is missing
   */
  public static void check(Table table, Set<String> found, String home, Set<String> rated) {
    for (String code : new TreeSet<>(found)) {
      if (!code.equals(home) && !rated.contains(code)) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            ("%s has money in %s but all is told in %s; state affordability.exchange_rates.%s: how"
                    + " much %s one %s is")
                .formatted(table.name(), code, home, code, home, code));
      }
    }
  }
}
