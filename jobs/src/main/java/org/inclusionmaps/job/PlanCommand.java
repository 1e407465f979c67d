package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.RadioSettings.CellList;
import org.inclusionmaps.config.RadioSettings.CoverageAreas;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a run would do, and stops. */
@Command(
    name = "plan",
    description = "Checks the settings, prints the feeds and the stages of a run, and stops.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  PlanCommand() {}

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Feeds.check(settings);
    List<Stage> stages = Selection.of(InclusionStages.list(settings), options.from(), options.to());
    print(settings, stages, spec.commandLine().getOut());
    return 0;
  }

  /** Writes the feeds and the stages, one a line. */
  static void print(Settings settings, List<Stage> stages, PrintWriter out) {
    out.println("Feeds of " + settings.country().name());
    for (Table table : Tables.INPUTS) {
      List<FeedSettings> feeds = Feeds.of(settings, table);
      out.println(
          line(
              table.name(),
              feeds.isEmpty()
                  ? "(none)"
                  : feeds.stream().map(FeedSettings::path).collect(Collectors.joining(", "))));
    }
    if (areasAlone(settings)) {
      out.println(
          "  An area where coverage_areas state no service is unknown, not uncovered: there are no"
              + " radio_cells. If these areas are all there are, set radio.cell_list to complete.");
    }
    out.println("Stages");
    for (Stage stage : stages) {
      out.println(
          line(
              stage.name(),
              stage.reads().stream().map(Table::name).collect(Collectors.joining(", "))
                  + " -> "
                  + stage.writes().name()));
    }
    out.flush();
  }

  /** Whether only operators' own areas tell of networks, and others may be missing. */
  private static boolean areasAlone(Settings settings) {
    return Feeds.of(settings, Tables.RADIO_CELLS).isEmpty()
        && settings.radio().coverageAreas() == CoverageAreas.INSTEAD
        && settings.radio().cellList() == CellList.PARTIAL;
  }

  private static String line(String name, String rest) {
    return String.format(Locale.ROOT, "  %-22s %s", name, rest);
  }
}
