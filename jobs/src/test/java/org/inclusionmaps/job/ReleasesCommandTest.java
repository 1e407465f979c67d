package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.security.Signatures;
import org.inclusionmaps.testing.TinyRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesCommandTest {
  private static final String A = "000000000000000a";
  private static final String B = "000000000000000b";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path output() {
    return folder.resolve("out");
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private int releases(String command, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "releases";
    arguments[1] = command;
    arguments[2] = "--output";
    arguments[3] = output().toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return run(arguments);
  }

  private void twoReleases() throws IOException {
    TinyRelease.write(output(), A);
    TinyRelease.write(output(), B);
    assertThat(releases("promote", A)).as(err.toString()).isZero();
    assertThat(releases("promote", B)).as(err.toString()).isZero();
  }

  @Test
  void aListSaysWhyNoReleaseIsCurrent() throws Exception {
    twoReleases();
    assertThat(releases("list")).isZero();
    assertThat(err.toString()).isEmpty();
    Files.writeString(output().resolve("releases/CURRENT"), "");
    assertThat(releases("list")).isZero();
    assertThat(out.toString()).contains(A).contains(B).doesNotContain("*");
    assertThat(err.toString())
        .contains("no release is current, as CURRENT names none: it is empty; inclusion releases");
  }

  @Test
  void aFolderThatIsNotThereIsNotOneWithoutReleases() {
    assertThat(releases("list")).isEqualTo(3);
    assertThat(err.toString()).contains(output() + " is not there");
  }

  @Test
  void aFileIsNoOutputFolder() throws Exception {
    Files.writeString(output(), "x");
    for (String command : new String[] {"list", "rollback", "verify"}) {
      assertThat(releases(command)).as(command).isEqualTo(3);
      assertThat(err.toString()).contains(output() + " is a file, and no output folder");
    }
  }

  @Test
  void promotesListsAndRollsBack() throws Exception {
    twoReleases();
    assertThat(out.toString()).isEqualTo("CURRENT names " + B + System.lineSeparator());
    assertThat(releases("list")).isZero();
    assertThat(out.toString()).contains("* " + B).contains("  " + A).contains("2026-01-01  MU");
    assertThat(releases("rollback", "--json")).isZero();
    assertThat(out.toString().strip()).isEqualTo("{\"current\":\"" + A + "\"}");
    assertThat(releases("list", "--json")).isZero();
    assertThat(out.toString())
        .contains("{\"release\":\"" + A + "\",\"reference_date\":\"2026-01-01\",\"country\":\"MU\"")
        .contains("\"current\":true,\"signed\":false,\"bytes\":531}");
    assertThat(output().resolve("lease/00000003.done")).exists();
  }

  @Test
  void theOutputMayBeNamedByTheSettings() throws Exception {
    twoReleases();
    Path config = folder.resolve("country.yaml");
    Files.writeString(
        config,
        "country: {id: SM, name: Samara}\nrelease: {reference_date: \"2026-01-01\"}\noutput: {path: "
            + output()
            + "}\n");
    assertThat(run("releases", "list", "--config", config.toString())).isZero();
    assertThat(out.toString()).contains("* " + B);
    assertThat(run("releases", "list")).isEqualTo(2);
    assertThat(run("releases")).isEqualTo(2);
    assertThat(err.toString()).contains("a command is missing: list, promote, rollback or verify");
  }

  @Test
  void nothingIsPromotedWhileARunHoldsTheLease() throws Exception {
    twoReleases();
    Lease lease = Lease.take(output().toString(), "run x", 120, new Configuration());
    assertThat(releases("promote", A)).isEqualTo(7);
    lease.close();
    assertThat(err.toString()).contains("another run writes to").contains("run x");
    assertThat(output().resolve("releases/CURRENT")).hasContent(B);
  }

  @Test
  void anOutputWithoutReleasesIsNotMade() {
    for (String command : new String[] {"rollback", "verify"}) {
      assertThat(releases(command)).isEqualTo(3);
      assertThat(err.toString()).contains(output() + " is not there");
    }
    assertThat(output()).doesNotExist();
  }

  /** What is told below the message. */
  private String advice() {
    List<String> told = err.toString().lines().toList();
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).startsWith("[INPUT_MISSING]");
    return told.get(1);
  }

  @Test
  void whereNothingIsPublishedTheAdviceIsToRunFirst() throws Exception {
    Files.createDirectories(output());
    String first =
        "Start `inclusion run` first, or name the folder that output.path of the settings names.";
    assertThat(releases("verify")).isEqualTo(3);
    assertThat(advice()).isEqualTo(first);
    assertThat(releases("rollback")).isEqualTo(3);
    assertThat(advice()).isEqualTo(first);
    assertThat(releases("promote", A)).isEqualTo(3);
    assertThat(advice()).isEqualTo(first);
  }

  @Test
  void aReleaseOfAnUnknownNameIsLookedUpInTheList() throws Exception {
    twoReleases();
    String list = "Name one that `inclusion releases list` prints.";
    assertThat(releases("promote", "nosuch")).isEqualTo(3);
    assertThat(advice()).isEqualTo(list);
    assertThat(releases("verify", "nosuch")).isEqualTo(3);
    assertThat(advice()).isEqualTo(list);
  }

  @Test
  void whereNoReleaseWasBeforeTheAdviceIsToNameOne() throws Exception {
    TinyRelease.write(output(), A);
    assertThat(releases("promote", A)).as(err.toString()).isZero();
    assertThat(releases("rollback")).isEqualTo(3);
    assertThat(err.toString()).contains("no release was current before " + A);
    assertThat(advice())
        .isEqualTo(
            "Nothing was changed. To point readers to another: `inclusion releases promote"
                + " RELEASE`; `inclusion releases list` prints which there are.");
  }

  @Test
  void aDamagedReleaseExitsWith8() throws Exception {
    twoReleases();
    assertThat(releases("verify")).isZero();
    assertThat(out.toString()).startsWith(B + " is whole: 2 files").contains("signature: none");
    Files.writeString(output().resolve("releases").resolve(A).resolve("indicators.csv"), "x");
    assertThat(releases("verify", A)).isEqualTo(8);
    assertThat(err.toString())
        .contains(
            "is damaged: indicators.csv has 1 bytes and not 31", "point readers to a whole one")
        .doesNotContain("stands");
    assertThat(releases("rollback")).isEqualTo(8);
    assertThat(output().resolve("releases/CURRENT")).hasContent(B);
  }

  @Test
  void aSignatureIsCheckedWithThePublicKey() throws Exception {
    twoReleases();
    String provider = "jceks://file" + folder.resolve("keys.jceks");
    assertThat(run("key", "--provider", provider, "--signing", "release")).isZero();
    String pem = out.toString();
    assertThat(pem).startsWith("-----BEGIN PUBLIC KEY-----");
    assertThat(run("key", "--provider", provider, "--signing", "release")).isZero();
    assertThat(out.toString()).isEqualTo(pem);
    Path key = Files.writeString(folder.resolve("release.pem"), pem);
    Path release = output().resolve("releases").resolve(B);
    assertThat(releases("verify", "--public-key", key.toString())).isEqualTo(8);
    assertThat(err.toString()).contains("is not signed; do not trust it");
    byte[] manifest = Files.readAllBytes(release.resolve("manifest.json"));
    byte[] signature = Signatures.sign(new Configuration(), provider, "release", manifest);
    Files.writeString(
        release.resolve("manifest.sig"),
        Base64.getEncoder().encodeToString(signature) + "\n",
        StandardCharsets.US_ASCII);
    assertThat(releases("verify", "--public-key", key.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("signature: valid");
    assertThat(releases("verify")).isZero();
    assertThat(out.toString()).contains("signature: not checked");
    run("key", "--provider", provider, "--signing", "other");
    Path other = Files.writeString(folder.resolve("other.pem"), out.toString());
    assertThat(releases("verify", B, "--public-key", other.toString())).isEqualTo(8);
    assertThat(err.toString()).contains("is not signed by this key");
  }

  @Test
  void listTellsWhatItPassesOver() throws Exception {
    twoReleases();
    assertThat(releases("list")).isZero();
    assertThat(err.toString()).isEmpty();
    Files.writeString(output().resolve("releases").resolve(A).resolve("manifest.json"), "{");
    assertThat(releases("list")).isZero();
    assertThat(out.toString()).contains("* " + B).doesNotContain(A);
    assertThat(err.toString()).contains("its manifest tells no release: " + A);
    Path nothing = Files.createDirectories(folder.resolve("nothing"));
    assertThat(run("releases", "list", "--output", nothing.toString())).isZero();
    assertThat(err.toString()).contains("there are no releases");
  }
}
