package org.inclusionmaps.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.PersonDataSettings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.ingest.RawFeed;
import org.inclusionmaps.job.PseudonymRows.Identifier;
import org.inclusionmaps.privacy.NoiseKey;
import org.inclusionmaps.security.AccessLog;
import org.inclusionmaps.security.Keys;
import org.inclusionmaps.security.PersonFiles;
import org.inclusionmaps.security.SparkGate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** An operator's feed with identifiers to one with pseudonyms. */
@Command(
    name = "pseudonymise",
    description =
        "Replaces identifiers of a feed by pseudonyms: for an operator, before the feed leaves it. A pseudonym is the first 128 bits of HMAC-SHA256 under a key that the operator keeps.",
    mixinStandardHelpOptions = true)
final class PseudonymiseCommand implements Callable<Integer> {
  private static final String RECEIPT = "_pseudonyms.json";

  @Option(
      names = "--in",
      required = true,
      description = "the feed, Parquet or CSV by its name: file, folder or glob")
  private String in = "";

  @Option(names = "--out", required = true, description = "folder to write Parquet to; a new one")
  private String out = "";

  @Option(
      names = "--columns",
      required = true,
      split = ",",
      description =
          "columns of identifiers, as sim,person. Identifiers of another column or domain have other pseudonyms; NAME=DOMAIN names a domain, as msisdn=sim")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--phone-columns",
      split = ",",
      description =
          "those that hold telephone numbers: brought to the digits of E.164 first, so that one number has one pseudonym however it is written")
  private List<String> phones = new ArrayList<>();

  @Option(
      names = "--country-code",
      defaultValue = "",
      description =
          "digits put before numbers without + or 00, in place of a leading 0; without it all numbers are international")
  private String countryCode = "";

  @Option(names = "--provider", required = true, description = "credential provider of the keys")
  private String provider = "";

  @Option(
      names = "--key-version",
      defaultValue = "1",
      description = "N for the key inclusion-pseudonym-N (default 1)")
  private int version;

  @Option(
      names = "--encrypt",
      description =
          "encrypt what is written, under the keys inclusion-footer, -identity and -demography of the provider")
  private boolean encrypt;

  @Option(
      names = "--max-rejected-pct",
      defaultValue = "0",
      description = "share of identifiers that may be no telephone number; they become absent")
  private double maxRejectedPct;

  @Option(names = "--purpose", required = true, description = "why, for the access log")
  private String purpose = "";

  @Option(names = "--access-log", required = true, description = "folder of the access log")
  private String accessLog = "";

  @Option(
      names = "--local-trial",
      description = "Spark need not be secured: for made-up persons alone")
  private boolean localTrial;

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  PseudonymiseCommand() {}

  @Override
  public Integer call() {
    if (!countryCode.matches("([1-9][0-9]{0,2})?")) {
      throw wrong("--country-code is %s but must be 1 to 3 digits".formatted(countryCode));
    }
    SparkSession spark = Sessions.open("inclusion-maps pseudonymise");
    try {
      SparkGate.check(spark.sparkContext().conf(), localTrial);
      replace(spark, spec.commandLine().getOut());
    } finally {
      spark.stop();
    }
    return 0;
  }

  private void replace(SparkSession spark, PrintWriter to) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String alias = "inclusion-pseudonym-" + version;
    byte[] key = Keys.read(hadoop, provider, alias);
    PersonFiles files =
        new PersonFiles(
            provider,
            new PersonDataSettings(
                null,
                0,
                null,
                null,
                KeyCommand.FOOTER,
                KeyCommand.IDENTITY,
                KeyCommand.DEMOGRAPHY));
    files.readBy(hadoop);
    if (encrypt) {
      files.check(hadoop);
    }
    Path folder = new Path(out);
    if (PersonZone.isThere(folder, hadoop)) {
      throw wrong("--out is %s, which is there already; name a new folder".formatted(out));
    }
    FeedSettings feed = FeedSettings.at(in);
    Map<String, String> hashes = new TreeMap<>();
    InputHashes.byTable(Map.of("subscriptions", List.of(feed)), spark)
        .values()
        .forEach(hashes::putAll);
    AccessLog.in(accessLog, hadoop, Clock.systemUTC())
        .opened(
            "pseudonymise",
            "",
            purpose,
            AccessLog.hidden(NoiseKey.of(key).derived("access log"), hashes));

    Dataset<Row> raw = RawFeed.read(spark, feed);
    List<Identifier> identifiers = identifiers(List.of(raw.columns()));
    PseudonymRows pseudonyms = new PseudonymRows(provider, alias, identifiers, countryCode);
    Dataset<Row> made = pseudonyms.of(raw);
    List<String> told = pseudonyms.told(made, maxRejectedPct);
    Dataset<Row> rows =
        made.drop(
            identifiers.stream()
                .map(id -> PseudonymRows.FATE + id.column())
                .toArray(String[]::new));
    rows.write()
        .options(
            encrypt
                ? files.writing(
                    rows.schema(), identifiers.stream().map(Identifier::column).toList())
                : Map.of())
        .parquet(out);
    RunFolder.at(folder, hadoop).write(RECEIPT, receipt(identifiers));
    told.forEach(to::println);
    to.println("pseudonyms " + out + ", key " + alias);
    to.flush();
  }

  private List<Identifier> identifiers(List<String> there) {
    List<Identifier> identifiers = new ArrayList<>();
    for (String given : columns) {
      String[] parts = given.split("=", 2);
      if (!there.contains(parts[0])) {
        throw wrong(
            "--columns names %s, but the feed's columns are %s"
                .formatted(parts[0], String.join(", ", there)));
      }
      identifiers.add(
          new Identifier(
              parts[0], parts.length == 2 ? parts[1] : parts[0], phones.contains(parts[0])));
    }
    for (String phone : phones) {
      if (identifiers.stream().noneMatch(id -> id.column().equals(phone))) {
        throw wrong("--phone-columns names %s, which --columns does not".formatted(phone));
      }
    }
    return identifiers;
  }

  /** How the pseudonyms were made, for who joins feeds: only alike ones can be joined. */
  private String receipt(List<Identifier> identifiers) {
    Map<String, Object> receipt = new TreeMap<>();
    receipt.put("schema_version", 1);
    receipt.put("method", "HMAC-SHA256, first 128 bits");
    receipt.put("key_version", version);
    Map<String, String> domains = new TreeMap<>();
    identifiers.forEach(id -> domains.put(id.column(), id.domain()));
    receipt.put("domains", domains);
    receipt.put("phone_columns", phones);
    receipt.put("country_code", countryCode);
    try {
      return JsonMapper.builder().build().writeValueAsString(receipt) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InclusionException wrong(String what) {
    return new InclusionException(ErrorCode.SETTINGS_WRONG, what);
  }
}
