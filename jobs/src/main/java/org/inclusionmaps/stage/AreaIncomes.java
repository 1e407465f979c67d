package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.affordability.AreaMeans;
import org.inclusionmaps.affordability.IncomeSpread;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * The means of all areas, and how income is shared in each.
 *
 * <p>What is told of the nation is spread between areas and within them, so within a place there is
 * less: the lognormal spread that is left of the national one after that between the means. What an
 * area's own row or respondents tell is income inside that area, and is used for it as it stands:
 * the areas inside it then have its mean, and what differs between them is not known. Where they
 * have means of their own, it is split as the nation's is. Where means differ more than a spread
 * allows, they are moved towards each other.
 */
final class AreaIncomes {
  // The columns of a row, one an area and sex, ordered by them.
  private static final int AREA = 0;
  private static final int SEX = 1;
  private static final int PERSONS = 2;
  private static final int MEAN = 3;
  private static final int POVERTY_RATE = 4;
  private static final int SOURCE = 5;
  private static final int ERROR_PCT = 6;
  private static final int SHAPE_AREA = 7;
  private static final int SHAPE_SEX = 8;
  private static final int FORM = 9;
  private static final int PARAMETERS = 10;
  private static final int SIGMA = 11;

  private final List<Row> list;
  private final double[] persons;
  private final double[] means;
  private final IncomeForm[] forms;
  private final boolean[] shrunk;

  private AreaIncomes(List<Row> list, IncomeSpread national) {
    this.list = list;
    this.persons = list.stream().mapToDouble(row -> row.getLong(PERSONS)).toArray();
    this.means = national.means();
    this.forms = new IncomeForm[list.size()];
    this.shrunk = new boolean[list.size()];
    Arrays.fill(forms, IncomeForm.lognormal(national.sigma()));
    Arrays.fill(shrunk, national.shrunk());
  }

  /**
   * The incomes of areas.
   *
   * @param rows area, sex, persons, mean_month, poverty_rate, source, mean_error_pct, and of what
   *     tells how income is shared: shape_area, shape_sex, form, parameters, sigma
   * @param nation mean income and spread of the nation
   * @param country id of the area whose figures are the nation's
   */
  static AreaIncomes of(Iterator<Row> rows, LognormalIncome nation, String country) {
    List<Row> list = new ArrayList<>();
    rows.forEachRemaining(list::add);
    if (list.isEmpty()) {
      return new AreaIncomes(list, new IncomeSpread(0, new double[0], /* shrunk= */ false));
    }
    double[] persons = list.stream().mapToDouble(row -> row.getLong(PERSONS)).toArray();
    double[] means = means(list, persons, nation);
    AreaIncomes incomes =
        new AreaIncomes(list, IncomeSpread.within(nation.sigma(), persons, means));
    incomes.useOwn(country);
    return incomes;
  }

  private static double[] means(List<Row> list, double[] persons, LognormalIncome nation) {
    try {
      return AreaMeans.of(
          nation,
          persons,
          list.stream().mapToDouble(row -> orUnknown(row, MEAN)).toArray(),
          list.stream().mapToDouble(row -> orUnknown(row, POVERTY_RATE)).toArray());
    } catch (IllegalArgumentException e) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "incomes: " + e.getMessage() + "; correct the means, or leave them to the poverty rates",
          e);
    }
  }

  private static double orUnknown(Row row, int at) {
    return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
  }

  /** Gives areas what is told of them, not of the whole nation. */
  private void useOwn(String country) {
    Map<String, List<Integer>> alike = new TreeMap<>();
    for (int i = 0; i < list.size(); i++) {
      Row row = list.get(i);
      if (row.isNullAt(SHAPE_AREA)) {
        continue;
      }
      String area = row.getString(SHAPE_AREA);
      String sex = row.getString(SHAPE_SEX);
      if (!area.equals(country) || !sex.equals(Tables.ALL)) {
        alike.computeIfAbsent(area + "\n" + sex, key -> new ArrayList<>()).add(i);
      }
    }
    for (List<Integer> members : alike.values()) {
      Row first = list.get(members.get(0));
      boolean own = !first.getString(SHAPE_AREA).equals(country) && haveOneMean(members);
      if (own || members.stream().allMatch(i -> persons[i] == 0)) {
        List<Double> parameters = first.getList(PARAMETERS);
        IncomeForm form =
            new IncomeForm(
                first.getString(FORM), parameters.stream().mapToDouble(k -> k).toArray());
        members.forEach(i -> forms[i] = form);
      } else {
        split(members, first.getDouble(SIGMA));
      }
    }
  }

  private boolean haveOneMean(List<Integer> members) {
    return members.stream().allMatch(i -> means[i] == means[members.get(0)]);
  }

  private void split(List<Integer> members, double sigma) {
    IncomeSpread spread =
        IncomeSpread.within(
            sigma,
            members.stream().mapToDouble(i -> persons[i]).toArray(),
            members.stream().mapToDouble(i -> means[i]).toArray());
    IncomeForm form = IncomeForm.lognormal(spread.sigma());
    for (int k = 0; k < members.size(); k++) {
      int i = members.get(k);
      means[i] = spread.means()[k];
      forms[i] = form;
      shrunk[i] |= spread.shrunk();
    }
  }

  /** The rows of the table of income distributions. */
  Iterator<Row> rows(String currency) {
    List<Row> out = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Row row = list.get(i);
      out.add(
          RowFactory.create(
              row.getString(AREA),
              row.getString(SEX),
              means[i],
              forms[i].sigma(),
              currency,
              row.getString(SOURCE),
              row.isNullAt(ERROR_PCT) ? null : row.getDouble(ERROR_PCT),
              forms[i].name(),
              forms[i].parameters(),
              shrunk[i]));
    }
    return out.iterator();
  }
}
