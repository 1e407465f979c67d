package org.inclusionmaps.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.inclusionmaps.accuracy.Told;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** Cases of trials as lines of CSV, and back. */
final class TrialCases {
  /** The first line. */
  static final String HEADER =
      "seed,variant,level,area,sex,age_band,disability,indicator,persons,value,low,high,truth\n";

  private static final int COLUMNS = HEADER.split(",", -1).length;
  private static final String UNIT = "_pct";

  private TrialCases() {}

  /** The line of a case. */
  static String line(Trials.Case one) {
    Told told = one.told();
    return String.format(
        Locale.ROOT,
        "%d,%s,%d,%s,%s,%s,%s,%s,%d,%s,%s,%s,%s\n",
        told.cluster(),
        one.variant(),
        one.level(),
        one.of().area(),
        one.of().sex(),
        one.of().ageBand(),
        one.of().disability(),
        one.part() + UNIT,
        one.persons(),
        told.value(),
        told.low(),
        told.high(),
        told.truth());
  }

  /** The cases of some files, those of one variant together. */
  static List<Trials.Case> read(List<Path> files) {
    List<Trials.Case> cases = new ArrayList<>();
    for (Path file : files) {
      try {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !HEADER.strip().equals(lines.get(0))) {
          throw new InclusionException(
              ErrorCode.CONTRACT_BROKEN, "--cases: %s has another header".formatted(file));
        }
        lines.stream().skip(1).map(line -> of(file, line)).forEach(cases::add);
      } catch (IOException e) {
        throw new InclusionException(
            ErrorCode.INPUT_MISSING, "--cases: %s cannot be read".formatted(file), e);
      }
    }
    return cases.stream()
        .collect(
            Collectors.groupingBy(
                Trials.Case::variant, java.util.LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static Trials.Case of(Path file, String line) {
    String[] is = line.split(",", -1);
    try {
      if (is.length == COLUMNS) {
        Function<Integer, Double> number = at -> Double.parseDouble(is[at]);
        return new Trials.Case(
            is[1],
            Integer.parseInt(is[2]),
            new Truths.Key(is[3], is[4], is[5], is[6]),
            is[7].substring(0, is[7].length() - UNIT.length()),
            Long.parseLong(is[8]),
            new Told(
                Long.parseLong(is[0]),
                number.apply(9),
                number.apply(10),
                number.apply(11),
                number.apply(12)));
      }
    } catch (IllegalArgumentException e) {
      // Told below, as a line of another length.
    }
    throw new InclusionException(
        ErrorCode.CONTRACT_BROKEN, "--cases: %s has no case in the line: %s".formatted(file, line));
  }
}
