package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.PersonDataSettings;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.ingest.Ingest;
import org.inclusionmaps.ingest.Ingested;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Apache Parquet Modular Encryption: what it must hide, and what it must not let through. */
@ExtendWith(SparkExtension.class)
class PersonFilesTest {
  private static final PersonDataSettings NAMES =
      new PersonDataSettings(null, 90, null, null, "footer", "identity", "demography");
  private static final List<String> IDENTITY = List.of("sim", "person");

  @TempDir Path folder;
  private Configuration hadoop = new Configuration();

  @BeforeEach
  void makeKeys(SparkSession spark) {
    hadoop = spark.sparkContext().hadoopConfiguration();
    for (String key : List.of("footer", "identity", "demography")) {
      Keys.make(hadoop, provider("all"), key);
    }
  }

  @AfterEach
  void forget() {
    List<String> set = new ArrayList<>();
    hadoop.forEach(
        entry -> {
          if (entry.getKey().startsWith("parquet.") || entry.getKey().startsWith("inclusion.")) {
            set.add(entry.getKey());
          }
        });
    set.stream().filter(key -> !key.contains("checksum")).forEach(hadoop::unset);
  }

  private String provider(String name) {
    return "jceks://file" + folder.resolve(name + ".jceks");
  }

  private PersonFiles files(String provider) {
    return new PersonFiles(provider(provider), NAMES);
  }

  private Path feed(SparkSession spark) {
    StructType schema = new StructType();
    for (Field field : Tables.SUBSCRIPTIONS.fields()) {
      schema = schema.add(field.name(), field.type(), true);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          RowFactory.create(
              "sim-of-somebody-" + i,
              "person-" + i,
              "736-01",
              0x8828308280fffffL,
              null,
              "female",
              1990,
              30,
              10.0,
              false));
    }
    Path path = folder.resolve("feed");
    Dataset<Row> feed = spark.createDataFrame(rows, schema).coalesce(1);
    feed.write().options(files("all").writing(schema, IDENTITY)).parquet(path.toString());
    return path;
  }

  private static long rows(SparkSession spark, Path feed) {
    FeedSettings settings = FeedSettings.at(feed.toString());
    try (Ingested ingested = Ingest.read(spark, Tables.SUBSCRIPTIONS, List.of(settings))) {
      return ingested.rows().select("sim", "birth_year").collectAsList().size();
    }
  }

  private static Path part(Path feed) throws IOException {
    try (Stream<Path> list = Files.list(feed)) {
      return list.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  @Test
  void hidesValuesAndNamesOfColumnsAndReadsWithTheKeys(SparkSession spark) throws IOException {
    Path feed = feed(spark);
    String bytes = Files.readString(part(feed), StandardCharsets.ISO_8859_1);
    assertThat(bytes).startsWith("PARE").endsWith("PARE"); // the magic of encrypted footers
    assertThat(bytes).doesNotContain("somebody", "736-01", "female", "birth_year");
    files("all").readBy(hadoop);
    assertThat(rows(spark, feed)).isEqualTo(40);
  }

  @Test
  void withoutTheKeySaysWhichOneIsMissing(SparkSession spark) {
    Path feed = feed(spark);
    Keys.make(hadoop, provider("another"), "noise");
    files("another").readBy(hadoop);
    InclusionException refused =
        catchThrowableOfType(InclusionException.class, () -> rows(spark, feed));
    assertThat(refused.code()).isEqualTo(ErrorCode.INPUT_MISSING);
    assertThat(refused)
        .hasMessageContaining("encrypted under the key footer")
        .hasMessageContaining("another.jceks");
    assertThatThrownBy(() -> files("another").check(hadoop)).hasMessageContaining("no key footer");
  }

  @Test
  void anotherKeyOfTheSameNameIsTold(SparkSession spark) {
    Path feed = feed(spark);
    Keys.make(hadoop, provider("other"), "footer");
    files("other").readBy(hadoop);
    assertThatThrownBy(() -> rows(spark, feed))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("under another key than the one that");
  }

  @Test
  void whoHasNoKeyAtAllIsToldThatItIsEncrypted(SparkSession spark) {
    Path feed = feed(spark);
    assertThatThrownBy(() -> rows(spark, feed))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("encrypted");
  }

  @Test
  void refusesAKeyServiceThatIsNotThere() {
    for (String no : List.of("org.example.NoKms", "java.lang.String")) {
      PersonDataSettings settings =
          new PersonDataSettings(null, 90, null, no, "footer", "identity", "demography");
      assertThatThrownBy(() -> new PersonFiles(provider("all"), settings).check(hadoop))
          .isInstanceOf(InclusionException.class)
          .hasMessageContaining("person_data.kms_client is " + no);
    }
  }

  @Test
  void demographyIsReadWithoutTheKeyOfIdentities(SparkSession spark) throws Exception {
    Path feed = feed(spark);
    Configuration all = new Configuration(hadoop);
    var some = provider("some");
    for (String key : List.of("footer", "demography")) {
      KeyCopy.copy(all, provider("all"), some, key);
    }
    files("some").readBy(hadoop);
    assertThat(spark.read().parquet(feed.toString()).where("birth_year = 1990").count())
        .isEqualTo(40);
    assertThatThrownBy(() -> rows(spark, feed))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("encrypted under the key identity");
  }

  /** Indexes of pages are not read by a scan: there a flipped bit changes nothing. */
  @Test
  void aFlippedBitIsRefusedWhereverItIsRead(SparkSession spark) throws IOException {
    Path feed = feed(spark);
    files("all").readBy(hadoop);
    Path part = part(feed);
    Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));
    byte[] whole = Files.readAllBytes(part);
    List<String> rows = all(spark, feed);
    assertThat(rows).hasSize(40);
    int refused = 0;
    for (int i = 0; i < 12; i++) {
      byte[] flipped = whole.clone();
      int at = 4 + (int) ((long) (whole.length - 13) * i / 11);
      flipped[at] = (byte) (flipped[at] ^ (1 << i % 8));
      Files.write(part, flipped);
      try {
        assertThat(all(spark, feed)).as("byte %d of %d", at, whole.length).isEqualTo(rows);
      } catch (InclusionException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(9);
  }

  private static List<String> all(SparkSession spark, Path feed) {
    try (Ingested ingested =
        Ingest.read(spark, Tables.SUBSCRIPTIONS, List.of(FeedSettings.at(feed.toString())))) {
      return ingested.rows().toJSON().collectAsList().stream().sorted().toList();
    }
  }
}
