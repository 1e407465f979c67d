package org.inclusionmaps.measurement;

import java.util.List;
import java.util.stream.IntStream;
import org.inclusionmaps.contract.Tables;

/**
 * A group of a node of the public tree, and its persons.
 *
 * @param number among all cells
 * @param node of the tree
 * @param sex of them, or all
 * @param age of them, or all
 * @param byOperator persons of each operator
 */
record ShownCell(int number, int node, String sex, String age, List<Long> byOperator) {
  long persons() {
    return byOperator.stream().reduce(0L, Math::addExact);
  }

  /** Of the largest operator, where there are several: one alone is all of every cell. */
  long largest() {
    return byOperator.size() < 2 ? 0 : byOperator.stream().reduce(0L, Math::max);
  }

  /**
   * Persons of each operator.
   *
   * @param sum of a node, by operator and group of the query
   */
  static List<Long> byOperator(CountFrame frame, Query query, long[] sum, String sex, String age) {
    int groups = query.groups(frame);
    return IntStream.range(0, frame.operators().size())
        .mapToObj(
            operator -> {
              long persons = 0;
              for (int group = 0; group < groups; group++) {
                if (isOf(sex, query.sex(frame, group)) && isOf(age, query.age(frame, group))) {
                  persons = Math.addExact(persons, sum[operator * groups + group]);
                }
              }
              return persons;
            })
        .toList();
  }

  private static boolean isOf(String margin, String category) {
    return margin.equals(Tables.ALL) || margin.equals(category);
  }
}
