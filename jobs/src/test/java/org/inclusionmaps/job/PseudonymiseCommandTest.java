package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.inclusionmaps.security.Keys;
import org.inclusionmaps.security.Pseudonyms;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pseudonyms by the command; their law is PseudonymsTest's. */
class PseudonymiseCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void makeKeys() {
    PersonCountry.ok(Jobs.run("key", "--provider", provider()));
    PersonCountry.ok(Jobs.run("key", "--provider", provider(), "--alias", "inclusion-pseudonym-1"));
  }

  private String provider() {
    return "jceks://file" + folder.resolve("keys.jceks");
  }

  private Path csv(String text) throws IOException {
    Path file = folder.resolve("raw.csv");
    Files.writeString(file, text);
    return file;
  }

  private Jobs.Outcome command(Path in, String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "pseudonymise",
                "--in",
                in.toString(),
                "--out",
                folder.resolve(out).toString(),
                "--columns",
                "sim,person",
                "--provider",
                provider(),
                "--purpose",
                "a test",
                "--access-log",
                folder.resolve("access").toString(),
                "--local-trial"));
    arguments.addAll(List.of(more));
    return Jobs.run(arguments.toArray(String[]::new));
  }

  private List<Row> rows(String out) {
    return SparkExtension.session()
        .read()
        .parquet(folder.resolve(out).toString())
        .orderBy("operator")
        .collectAsList();
  }

  private String pseudonym(String domain, String identifier) {
    byte[] key = Keys.read(new Configuration(), provider(), "inclusion-pseudonym-1");
    return new Pseudonyms(key, domain).of(identifier);
  }

  @Test
  void replacesIdentifiersAndLeavesTheRest() throws IOException {
    Path feed =
        csv(
            """
            sim,person,operator
            +591 71234567,ann,a
            0059171234567,,b
            """);
    Jobs.Outcome made = command(feed, "made", "--phone-columns", "sim");
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.out())
        .contains("sim: 2 rows, 2 pseudonyms, 0 absent, 0 no telephone number")
        .contains("person: 2 rows, 1 pseudonyms, 1 absent")
        .doesNotContain("7123", "ann");
    List<Row> rows = rows("made");
    String sim = pseudonym("sim", "59171234567");
    assertThat(rows.get(0).toSeq().mkString("|"))
        .isEqualTo(sim + "|" + pseudonym("person", "ann") + "|a");
    assertThat(rows.get(1).toSeq().mkString("|")).isEqualTo(sim + "|null|b");
    assertThat(folder.resolve("made/_pseudonyms.json")).content().contains("\"key_version\":1");
    assertThat(folder.resolve("access/00000001.json"))
        .content()
        .contains("\"pseudonymise\"", "a test")
        .doesNotContain("raw.csv");
    Jobs.Outcome again = command(feed, "made");
    assertThat(again.status()).isEqualTo(2);
  }

  @Test
  void whatIsNoNumberOrNoLineIsRefusedWithoutShowingIt() throws IOException {
    Path feed = csv("sim,person,operator\n+591 SECRET7,ann,a\n");
    Jobs.Outcome refused = command(feed, "made", "--phone-columns", "sim");
    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err())
        .contains("1 of 1 identifiers of the column sim are no telephone numbers")
        .doesNotContain("SECRET7");
    Jobs.Outcome line = command(csv("sim,person,operator\nSECRET7\n"), "other");
    assertThat(line.status()).isEqualTo(4);
    assertThat(line.err()).contains("1 lines").doesNotContain("SECRET7");
    Jobs.Outcome none = command(csv("sim,operator\nSECRET7,a\n"), "none");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("--columns names person").doesNotContain("SECRET7");
  }

  @Test
  void encryptsWhatItWritesAndNamesTheKeysVersion() throws IOException {
    Path feed = csv("sim,person,operator\n1,ann,visible\n");
    Jobs.Outcome without = command(feed, "made", "--key-version", "2");
    assertThat(without.status()).isEqualTo(3);
    assertThat(without.err()).contains("no key inclusion-pseudonym-2");
    PersonCountry.ok(command(feed, "made", "--encrypt"));
    try (Stream<Path> parts = Files.list(folder.resolve("made"))) {
      Path part = parts.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      assertThat(Files.readString(part, StandardCharsets.ISO_8859_1))
          .startsWith("PARE")
          .doesNotContain("visible", pseudonym("sim", "1"));
    }
  }
}
