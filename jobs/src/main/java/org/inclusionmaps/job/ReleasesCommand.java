package org.inclusionmaps.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.publish.NothingPublished;
import org.inclusionmaps.publish.Releases;
import org.inclusionmaps.security.Signatures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The releases of an output folder, and which one readers are pointed to. */
@Command(
    name = "releases",
    description = "Lists and verifies releases, and points readers to one of them.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ReleasesCommand.ListThem.class,
      ReleasesCommand.Promote.class,
      ReleasesCommand.Rollback.class,
      ReleasesCommand.Verify.class
    })
final class ReleasesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  ReleasesCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: list, promote, rollback or verify");
  }

  private static void print(CommandSpec spec, Object json) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.println(new ObjectMapper().writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    out.flush();
  }

  private static void print(CommandSpec spec, ReleasesOptions options, String release) {
    if (options.json()) {
      print(spec, Map.of("current", release));
    } else {
      spec.commandLine().getOut().println("CURRENT names " + release);
      spec.commandLine().getOut().flush();
    }
  }

  @Command(
      name = "list",
      description = "Prints the releases, the last written first; * marks the current one.",
      mixinStandardHelpOptions = true)
  static final class ListThem implements Callable<Integer> {
    @Mixin private ReleasesOptions options;
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    ListThem() {}

    @Override
    public Integer call() {
      options.checkThere();
      List<Releases.Listed> list = options.releases().list();
      List<String> unreadable = options.releases().unreadable();
      PrintWriter err = spec.commandLine().getErr();
      unreadable.forEach(
          name -> err.println("passed over, as its manifest tells no release: " + name));
      String fault = options.releases().pointerFault();
      if (!fault.isEmpty()) {
        err.println(
            "no release is current, as CURRENT names none: "
                + fault
                + "; inclusion releases promote RELEASE points readers to one");
      }
      if (list.isEmpty() && unreadable.isEmpty()) {
        err.println("there are no releases");
      }
      if (options.json()) {
        print(spec, list.stream().map(ListThem::told).toList());
        return 0;
      }
      PrintWriter out = spec.commandLine().getOut();
      for (Releases.Listed release : list) {
        out.printf(
            Locale.ROOT,
            "%s %-35s %s  %s  written %s  %,13d bytes%s%n",
            release.current() ? "*" : " ",
            release.name(),
            release.referenceDate(),
            release.country(),
            release.written(),
            release.bytes(),
            release.signed() ? "  signed" : "");
      }
      out.flush();
      return 0;
    }

    private static Map<String, Object> told(Releases.Listed release) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("release", release.name());
      told.put("reference_date", release.referenceDate());
      told.put("country", release.country());
      told.put("written", release.written().toString());
      told.put("current", release.current());
      told.put("signed", release.signed());
      told.put("bytes", release.bytes());
      return told;
    }
  }

  @Command(
      name = "promote",
      description = "Verifies a release, and points readers to it.",
      mixinStandardHelpOptions = true)
  static final class Promote implements Callable<Integer> {
    @Mixin private ReleasesOptions options;

    @Parameters(paramLabel = "RELEASE", description = "its name, as list prints it")
    private String release = "";

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    Promote() {}

    @Override
    public Integer call() {
      options.holding(
          "releases promote", (releases, authority) -> releases.promote(release, authority));
      print(spec, options, release);
      return 0;
    }
  }

  @Command(
      name = "rollback",
      description =
          "Verifies the release that CURRENT named before, and points readers to it. Done twice, it is undone.",
      mixinStandardHelpOptions = true)
  static final class Rollback implements Callable<Integer> {
    @Mixin private ReleasesOptions options;
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    Rollback() {}

    @Override
    public Integer call() {
      List<String> names = new ArrayList<>();
      options.holding(
          "releases rollback", (releases, authority) -> names.add(releases.rollback(authority)));
      print(spec, options, names.get(0));
      return 0;
    }
  }

  @Command(
      name = "verify",
      description =
          "Reads every byte of a release back against its manifest; with a public key also its signature. Exit status 8 if it is not whole.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Mixin private ReleasesOptions options;

    @Parameters(
        paramLabel = "RELEASE",
        arity = "0..1",
        description = "its name, as list prints it; without it the current one")
    private @Nullable String release;

    @Option(
        names = "--public-key",
        paramLabel = "FILE",
        description =
            "PEM, as `inclusion key --signing` prints it: the release must be signed by it")
    private @Nullable Path publicKey;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    Verify() {}

    @Override
    public Integer call() {
      options.checkThere();
      Releases releases = options.releases();
      String name =
          release != null
              ? release
              : releases
                  .current()
                  .orElseThrow(
                      () ->
                          NothingPublished.refusal(
                              options.folder()
                                  + " has no releases/CURRENT: nothing was published there"));
      String pem = publicKey == null ? null : read(publicKey);
      Releases.Verified verified = releases.verify(name);
      String signature = signature(verified, pem);
      if (options.json()) {
        print(
            spec,
            Map.of(
                "release", name, "whole", true, "files", verified.files(), "signature", signature));
        return 0;
      }
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s is whole: %,d files as the manifest tells; signature: %s%n",
              name,
              verified.files(),
              signature);
      spec.commandLine().getOut().flush();
      return 0;
    }

    private static String signature(Releases.Verified verified, @Nullable String pem) {
      String signature = verified.signature();
      if (pem == null) {
        return signature == null ? "none" : "not checked";
      }
      if (signature == null
          || !Signatures.verifies(
              pem, verified.manifest().getBytes(StandardCharsets.UTF_8), signature)) {
        throw new InclusionException(
            ErrorCode.RELEASE_REFUSED,
            "the release %s is %s; do not trust it"
                .formatted(
                    verified.name(), signature == null ? "not signed" : "not signed by this key"));
      }
      return "valid";
    }

    private static String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new InclusionException(
            ErrorCode.INPUT_MISSING,
            "the public key %s cannot be read: %s".formatted(file, e.getMessage()),
            e);
      }
    }
  }
}
