package org.inclusionmaps.publish.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.MadeUpRun;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.publish.ReleaseTest;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * The report of made-up releases, read as XML by the JDK. What is expected is summed from the
 * tables, or read back from the releases' indicators.csv by Spark.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportTest {
  private Path output;
  private SparkSession spark;
  private Map<Table, Dataset<Row>> tables;
  private Path earlier;
  private Path later;
  private Document report;

  @BeforeAll
  void publish(SparkSession session, @TempDir Path folder) throws Exception {
    output = folder;
    spark = session;
    tables = MadeUpRun.tables(spark, 5);
    tables.put(Tables.INDICATORS, indicators(tables, 1));
    Map<Table, Dataset<Row>> before = new LinkedHashMap<>(tables);
    before.put(Tables.INDICATORS, indicators(tables, 0.8));
    // The persons of a release of its own are those of inclusion: no indicator of persons is given.
    earlier =
        written(
            "one",
            before,
            "release.reference_date='2025-01-01'",
            "places.resolution=8",
            "affordability.threshold_pct=5");
    later = written("two", tables);
    report = parsed(later);
  }

  private Path written(String id, Map<Table, Dataset<Row>> of, String... settings) {
    return written(output, id, of, settings);
  }

  private Path written(Path folder, String id, Map<Table, Dataset<Row>> of, String... settings) {
    var published = Release.write(spark, MadeUpRun.context(folder, id, settings), of);
    return Path.of(published.folder().toUri().getPath());
  }

  /** Shares of the country and its areas, of everybody and the sexes, with intervals. */
  private Dataset<Row> indicators(Map<Table, Dataset<Row>> of, double times) {
    Map<String, long[]> sums = new TreeMap<>();
    for (Row row : of.get(Tables.INCLUSION).collectAsList()) {
      String area = row.getAs("area");
      long known = row.<Long>getAs("persons_micro") - row.<Long>getAs("unknown_micro");
      for (String at : List.of("MU", area.substring(0, 4), area)) {
        for (String sex : List.of("all", row.<String>getAs("sex"))) {
          long[] sum = sums.computeIfAbsent(at + " " + sex, key -> new long[3]);
          sum[0] += row.<Long>getAs("lacking_micro");
          sum[1] += row.<Long>getAs("uncovered_micro");
          sum[2] += known;
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    sums.forEach(
        (key, sum) -> {
          String[] of2 = key.split(" ", 2);
          if (sum[2] > 0) {
            double lacking = 100.0 * sum[0] / sum[2] * times;
            rows.add(share(of2[0], of2[1], "lacking_pct", lacking, 4));
            rows.add(share(of2[0], of2[1], "uncovered_pct", 100.0 * sum[1] / sum[2] * times, 2));
          }
        });
    return spark.createDataFrame(rows, Tables.INDICATORS.schema());
  }

  private static Row share(String area, String sex, String name, double value, double half) {
    return RowFactory.create(
        area,
        sex,
        "all",
        "all",
        name,
        2026,
        value,
        value - half,
        value + half,
        null,
        null,
        "percent",
        "as a test has it",
        "good",
        null);
  }

  private static String text(Path release) throws Exception {
    return Files.readString(release.resolve("report.html")).replace('\u00a0', ' ');
  }

  private static Document parsed(Path release) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return builder.parse(new InputSource(new StringReader(text(release))));
  }

  private static List<Element> all(Document page, String path) throws Exception {
    NodeList found =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, page, XPathConstants.NODESET);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static JsonNode json(Path file) throws Exception {
    return new ObjectMapper().readTree(file.toFile());
  }

  private Map<String, double[]> csv(Path release) {
    Map<String, double[]> figures = new TreeMap<>();
    spark
        .read()
        .option("header", true)
        .option("escape", "\"")
        .csv(release.resolve("indicators.csv").toString())
        .where("indicator in ('lacking_pct', 'uncovered_pct')")
        .collectAsList()
        .forEach(
            row ->
                figures.put(
                    row.getAs("area") + " " + row.getAs("sex") + " " + row.getAs("indicator"),
                    Stream.of("value", "low", "high")
                        .mapToDouble(of -> Double.parseDouble(row.getAs(of)))
                        .toArray()));
    return figures;
  }

  private static String cell(double[] of) {
    return String.format(Locale.ROOT, "%.1f %% (%.1f to %.1f %%)", of[0], of[1], of[2]);
  }

  @Test
  void sectionsStandInTheOrderOfTheReader() throws Exception {
    assertThat(all(report, "/html/body/section"))
        .extracting(s -> s.getAttribute("id"))
        .containsExactly("where", "why", "sexes", "urban", "change", "rests", "levers", "annex");
    assertThat(all(report, "//svg[@role='img']"))
        .hasSizeGreaterThan(6)
        .allSatisfy(
            svg -> {
              assertThat(svg.getElementsByTagName("title").getLength()).isPositive();
              assertThat(svg.getElementsByTagName("desc").getLength()).isEqualTo(1);
            });
    assertThat(all(report, "//script | //@src | //link")).isEmpty();
    assertThat(text(later)).doesNotContain("http:", "https:", "lacking_pct", "_persons");
  }

  @Test
  void noSentenceOfTheSummaryIsToldAgain() throws Exception {
    for (Element told : all(report, "//ul[@class='short']/li")) {
      String sentence = told.getTextContent().replaceFirst("^[^:]*: ", "");
      assertThat(report.getDocumentElement().getTextContent()).containsOnlyOnce(sentence);
    }
  }

  @Test
  void whatIsMissingIsToldInPlainWordsBeforeTheTablesName() throws Exception {
    assertThat(text(later))
        .contains("Operators' records of subscriptions (subscriptions)")
        .doesNotContain("pseudonym");
    assertThat(Files.readString(later.resolve("viewer/index.html")))
        .contains("\"missing\":[\"operators' records of subscriptions (subscriptions)\"]");
  }

  @Test
  void whatIsCountedOfTheDataIsNotMixedWithAssumedErrors() throws Exception {
    assertThat(all(report, "//ul[@class='short']/li[a/@href='#rests']"))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told.getTextContent())
                    .contains(
                        "Kinds of data that were missing: 1;",
                        "remarks on what was left out or assumed in the data: 2;",
                        "errors whose size is assumed, not measured: 1."));
    assertThat(all(report, "//section[@id='rests']/h3"))
        .extracting(Element::getTextContent)
        .contains("What was left out or assumed in the data");
  }

  @Test
  void theLaterReleaseIsNamedForTheEarlierOneAndTellsIt() throws Exception {
    assertThat(earlier.getFileName()).hasToString("one");
    assertThat(later.getFileName().toString()).matches("two-[0-9a-f]{8}");
    JsonNode manifest = json(later.resolve("manifest.json"));
    assertThat(manifest.path("country").asText()).isEqualTo("Made & Up");
    assertThat(manifest.path("reference_date").asText()).isEqualTo("2026-01-01");
    assertThat(manifest.path("compared_with").asText()).isEqualTo("one");
    assertThat(manifest.path("earlier").toString())
        .isEqualTo("[{\"id\":\"one\",\"date\":\"2025-01-01\"}]");
    assertThat(Files.readString(later.resolve("viewer/index.html")))
        .contains("\"releases\":[{\"id\":\"one\",\"date\":\"2025-01-01\"}]");
    JsonNode first = json(earlier.resolve("manifest.json"));
    assertThat(first.path("compared_with").isNull()).isTrue();
    assertThat(first.path("earlier")).isEmpty();
  }

  @Test
  void theSameRunWithTheSameFolderHasTheSameNameAndBytes() throws Exception {
    assertThat(written("two", tables)).isEqualTo(later);
    Path other = Files.createDirectories(output.resolve("other"));
    for (var file : ReleaseTest.bytes(earlier).entrySet()) {
      Path copy = other.resolve("releases/one").resolve(file.getKey());
      Files.createDirectories(copy.getParent());
      Files.write(copy, file.getValue());
    }
    Path again = written(other, "two", tables);
    assertThat(again.getFileName()).isEqualTo(later.getFileName());
    ReleaseTest.bytes(later)
        .forEach((name, bytes) -> assertThat(again.resolve(name)).hasBinaryContent(bytes));
  }

  @Test
  void withoutAnEarlierReleaseTheNameIsTheRunsAndTheReportSaysSo() throws Exception {
    Path alone = written(output.resolve("alone"), "two", tables);
    assertThat(alone.getFileName()).hasToString("two");
    assertThat(text(alone))
        .contains(
            "<h2>Comparison with an earlier release</h2>",
            "no release of this country of before 2026-01-01 beside it")
        .doesNotContain("What changed");
    Path none = written("three", tables, "release.compare_with=none");
    assertThat(none.getFileName()).hasToString("three");
    assertThat(text(none))
        .contains("its settings ask for no comparison")
        .doesNotContain("What changed");
  }

  @Test
  void comparedFiguresAreThoseOfTheTwoFilesOfIndicators() throws Exception {
    Map<String, double[]> then = csv(earlier);
    Map<String, double[]> now = csv(later);
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (Element row : all(report, "//section[@id='change']//table[1]/tbody/tr")) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.getChildNodes().getLength(); i++) {
        cells.add(row.getChildNodes().item(i).getTextContent());
      }
      rows.put(cells.get(0), cells.subList(1, cells.size()));
    }
    Map<String, String> expected =
        Map.of(
            "The country", "MU all lacking_pct",
            "Norte", "MU-N all lacking_pct",
            "Ñandú, \"Sur\"", "MU-S all lacking_pct",
            "Women lacking", "MU female lacking_pct",
            "Men lacking", "MU male lacking_pct",
            "Uncovered", "MU all uncovered_pct");
    assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (label, key) -> {
          double[] was = then.get(key);
          double[] is = now.get(key);
          assertThat(rows.get(label))
              .as(label)
              .containsExactly(
                  cell(was),
                  cell(is),
                  String.format(Locale.ROOT, "%+.1f", is[0] - was[0]),
                  was[1] <= is[2] && is[1] <= was[2] ? "overlap" : "do not overlap");
        });
    assertThat(text(later))
        .contains("has risen from", "The affordable share of income, per cent, was 5 and is 2.")
        .contains("The two were not made in the same way");
  }

  @Test
  void marksOfTheChartsStandWhereTheTablesFiguresAre() throws Exception {
    Map<String, double[]> now = csv(later);
    Map<String, double[]> then = csv(earlier);
    List<Double> at = new ArrayList<>();
    for (Element mark : all(report, "//svg[@id='chart-change']/svg")) {
      at.add(Double.parseDouble(mark.getAttribute("x").replace("%", "")));
    }
    List<Double> expected = new ArrayList<>();
    for (String area : List.of("MU", "MU-N", "MU-S")) {
      expected.add(then.get(area + " all lacking_pct")[0]);
      expected.add(now.get(area + " all lacking_pct")[0]);
    }
    assertThat(at).hasSize(6);
    for (int i = 0; i < 6; i++) {
      assertThat(at.get(i)).isCloseTo(expected.get(i), within(0.0051));
    }
    double before = 0;
    long all = micro("persons_micro");
    List<Element> bars = all(report, "//svg[@id='chart-parts']/rect");
    for (Part part : List.of(Part.UNCOVERED, Part.PRICED_OUT, Part.BURDENED)) {
      double width = 100.0 * microSplit(part) / all;
      Element bar = bars.get(part.index());
      assertThat(Double.parseDouble(bar.getAttribute("x").replace("%", "")))
          .isCloseTo(before, within(0.0051));
      assertThat(Double.parseDouble(bar.getAttribute("width").replace("%", "")))
          .as(part.name())
          .isCloseTo(width, within(0.0051));
      before += width;
    }
  }

  private long micro(String column) {
    return tables.get(Tables.INCLUSION).selectExpr("sum(" + column + ")").first().getLong(0);
  }

  private long microSplit(Part part) {
    return micro(part.key() + "_micro");
  }

  @Test
  void namesThatAreMeantToHarmAreText() throws Exception {
    List<String> names =
        List.of(
            "<script>alert('x')</script>",
            "=HYPERLINK(\"http://x.example\",\"y\")",
            "\u202egnirts\u2069 \u200f\u0645\u062f\u064a\u0646\u0629",
            "\ud83d\ude00 & \"q\" 'a' \u0007 %s ${x}");
    Map<Table, Dataset<Row>> hostile = new LinkedHashMap<>(tables);
    hostile.computeIfPresent(
        Tables.AREAS,
        (table, rows) ->
            rows.withColumn(
                "name",
                when(col("area").equalTo("MU-N"), lit(names.get(0)))
                    .when(col("area").equalTo("MU-S"), lit(names.get(1)))
                    .when(col("area").equalTo("MU-NE"), lit(names.get(2)))
                    .otherwise(lit(names.get(3)))));
    Path release = written("evil", hostile, "country.name='<img src=x onerror=y>'");
    Document page = parsed(release);
    assertThat(all(page, "//script | //img | //@onerror | //@src")).isEmpty();
    assertThat(all(page, "//bdi"))
        .extracting(Element::getTextContent)
        .contains(names.get(0), names.get(1), "gnirts \u200f\u0645\u062f\u064a\u0646\u0629")
        .anySatisfy(name -> assertThat(name).startsWith("\ud83d\ude00 & \"q\""));
    assertThat(all(page, "//svg//text"))
        .extracting(Element::getTextContent)
        .contains("\u2068" + names.get(0) + "\u2069");
    assertThat(text(release)).doesNotContain("\u202e", "\u0007");
    assertThat(Files.readString(release.resolve("datasheet.md"))).doesNotContain("<img");
  }

  @Test
  void whatIsMissingLeavesNoEmptyChartAndNoNumberThatIsNone() throws Exception {
    Map<String, Map<Table, Dataset<Row>>> variants = new LinkedHashMap<>();
    variants.put("no-indicators", with(Tables.INDICATORS, rows -> rows.where("false")));
    variants.put(
        "no-intervals",
        with(
            Tables.INDICATORS,
            rows ->
                rows.withColumn("low", lit(null).cast("double"))
                    .withColumn("high", lit(null).cast("double"))));
    variants.put("no-sexes", with(Tables.INCLUSION, rows -> rows.withColumn("sex", lit("all"))));
    variants.put(
        "no-ages", with(Tables.INCLUSION, rows -> rows.withColumn("age_band", lit("all"))));
    variants.put("one-area", with(Tables.INCLUSION, rows -> rows.where("area = 'MU-NE'")));
    variants.put(
        "nobody-known", with(Tables.INCLUSION, rows -> rows.where("area in ('MU-NW', 'MU-SE')")));
    variants.put("unknown", with(Tables.INCLUSION, rows -> rows.where("area = 'MU-SE'")));
    variants.put(
        "no-outlines",
        with(Tables.AREAS, rows -> rows.withColumn("geometry", lit(null).cast("binary"))));
    Map<Table, Dataset<Row>> bare = with(Tables.INDICATORS, rows -> rows.where("false"));
    bare.remove(Tables.PLACES);
    variants.put("no-places", bare);
    for (var variant : variants.entrySet()) {
      Path release =
          written(output.resolve(variant.getKey()), variant.getKey(), variant.getValue());
      Document page = parsed(release);
      assertThat(text(release))
          .as(variant.getKey())
          .doesNotContain("NaN", "Infinity", ">null<", "null %", "[]", "–0", "-0.0");
      assertThat(all(page, "/html/body/section")).as(variant.getKey()).hasSize(8);
      assertThat(all(page, "//figure"))
          .as(variant.getKey())
          .allSatisfy(
              figure -> {
                assertThat(figure.getElementsByTagName("svg").getLength()).isPositive();
                assertThat(
                        figure.getElementsByTagName("rect").getLength()
                            + figure.getElementsByTagName("circle").getLength()
                            + figure.getElementsByTagName("path").getLength())
                    .isPositive();
                assertThat(figure.getElementsByTagName("figcaption").item(0).getTextContent())
                    .isNotBlank();
              });
    }
    assertThat(text(output.resolve("unknown/releases/unknown")))
        .contains("It is not known how many of", "what stands in the way is not known");
    assertThat(text(output.resolve("no-sexes/releases/no-sexes")))
        .contains("No figures by sex are known");
    assertThat(text(output.resolve("one-area/releases/one-area")))
        .contains("none can be called furthest behind");
    assertThat(text(output.resolve("no-places/releases/no-places")))
        .contains("Urban and rural figures are not known here");
    assertThat(text(output.resolve("no-indicators/releases/no-indicators")))
        .contains("There is no interval, so it is not known how certain this order is.");
  }

  private Map<Table, Dataset<Row>> with(
      Table of, java.util.function.UnaryOperator<Dataset<Row>> change) {
    Map<Table, Dataset<Row>> changed = new LinkedHashMap<>(tables);
    changed.computeIfPresent(of, (table, rows) -> change.apply(rows));
    return changed;
  }
}
