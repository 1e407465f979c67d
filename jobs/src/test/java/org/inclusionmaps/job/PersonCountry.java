package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;

/** A small made-up country with subscriptions, keys, and the commands that read persons. */
final class PersonCountry {
  static final String PERIOD = "2025-Q4";

  private final Path folder;

  /** Makes the country and its keys below a folder. */
  PersonCountry(Path folder) {
    this.folder = folder;
    ok(Jobs.run("sample", "--scale", "0.05", "--out", folder.resolve("country").toString()));
    ok(Jobs.run("key", "--provider", provider()));
  }

  String provider() {
    return "jceks://file" + folder.resolve("keys.jceks");
  }

  Path output() {
    return folder.resolve("out");
  }

  /** The feed that the country's settings name. */
  Path feed() {
    return folder.resolve("country/inputs/subscriptions");
  }

  /** The first operator by code. */
  String anOperator() {
    return codes().get(0);
  }

  /** How many operators there are. */
  int operators() {
    return codes().size();
  }

  private List<String> codes() {
    return SparkExtension.session()
        .read()
        .parquet(feed().toString())
        .select("operator")
        .distinct()
        .orderBy("operator")
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** Writes another feed of subscriptions, made of the country's own. */
  Path feed(String name, UnaryOperator<Dataset<Row>> change) {
    SparkSession spark = SparkExtension.session();
    Path path = folder.resolve(name).resolve("subscriptions");
    change
        .apply(spark.read().parquet(feed().toString()))
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path.toString());
    return path;
  }

  /** The command of a name for this country; more settings come after the usual ones and win. */
  Jobs.Outcome command(String name, String... sets) {
    return Jobs.run(arguments(name, sets));
  }

  String[] arguments(String name, String... sets) {
    List<String> arguments = new ArrayList<>(List.of(name.split(" ")));
    arguments.add("--config");
    arguments.add(folder.resolve("country/inclusion.yaml").toString());
    if (!name.startsWith("ledger") && !name.startsWith("purge")) {
      arguments.addAll(List.of("--progress", "none"));
    }
    for (String set :
        List.of(
            "output.path=" + output(),
            "inputs.terrain=null", // what these tests do not need takes the most time
            "inputs.services=null",
            "inputs.market=null",
            "inputs.survey=null",
            "privacy.purpose=a test",
            "privacy.legal_basis=made-up persons",
            "privacy.expires=2999-12-31",
            "privacy.period=" + PERIOD,
            "privacy.local_trial=true",
            "privacy.key_provider=" + provider())) {
      arguments.addAll(List.of("--set", set));
    }
    for (String set : sets) {
      arguments.addAll(List.of("--set", set));
    }
    return arguments.toArray(String[]::new);
  }

  /** Measures, and gives the measurement's folder. */
  Path measure(String... sets) {
    return measured(ok(command("measure", sets)));
  }

  /** The folder that a measurement's output names. */
  static Path measured(Jobs.Outcome outcome) {
    String line =
        outcome.out().lines().filter(l -> l.startsWith("measurement ")).findFirst().orElseThrow();
    return Path.of(line.substring("measurement ".length(), line.indexOf(" (")));
  }

  static Jobs.Outcome ok(Jobs.Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  /** Entries of the ledger. */
  long charges() throws IOException {
    Path ledger = output().resolve("ledger");
    if (!Files.isDirectory(ledger)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(ledger)) {
      return entries
          .filter(entry -> entry.toString().endsWith(".json"))
          .filter(entry -> read(entry).contains("\"reserve\""))
          .count();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
