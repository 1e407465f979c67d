package org.inclusionmaps.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.stage.Stage;

/** The part of the pipeline that {@code --from} and {@code --to} ask for. */
final class Selection {
  private Selection() {}

  /**
   * The stages from one to another, both included; all if both names are empty.
   *
   * @throws InclusionException {@link ErrorCode#SETTINGS_WRONG} if a name is no stage's, or the
   *     last comes before the first
   */
  static List<Stage> of(List<Stage> stages, String from, String to) {
    int first = from.isEmpty() ? 0 : index(stages, from, "--from");
    int last = to.isEmpty() ? stages.size() - 1 : index(stages, to, "--to");
    if (last < first && !stages.isEmpty()) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "--to %s comes before --from %s; name them in the order of the plan".formatted(to, from));
    }
    return stages.subList(first, last + 1);
  }

  /** The stages that a table rests on, and the one that writes it. */
  static List<Stage> upTo(Table table, List<Stage> stages) {
    Set<Table> wanted = new HashSet<>(Set.of(table));
    List<Stage> needed = new ArrayList<>();
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (wanted.contains(stages.get(i).writes())) {
        wanted.addAll(stages.get(i).reads());
        needed.add(0, stages.get(i));
      }
    }
    return needed;
  }

  private static int index(List<Stage> stages, String name, String option) {
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new InclusionException(
        ErrorCode.SETTINGS_WRONG,
        "%s %s is not a stage; the stages are %s"
            .formatted(
                option, name, stages.stream().map(Stage::name).collect(Collectors.joining(", "))));
  }
}
