package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.Test;

/** What is in the two jars that are submitted, and that each does with Spark's jars alone. */
class PackagedJarTest {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  @Test
  void theJarHasNoClassThatSparkCarriesToo() throws IOException {
    Set<String> carried = new TreeSet<>();
    try (Stream<Path> jars = Files.list(Packaged.need("spark/jars"))) {
      for (Path jar : jars.toList()) {
        carried.addAll(classes(jar));
      }
    }
    Set<String> twice = classes(Packaged.need("inclusion-maps.jar"));
    assertThat(carried).hasSizeGreaterThan(30_000).contains("org/apache/spark/SparkContext.class");
    twice.retainAll(carried);
    assertThat(twice).isEmpty();
  }

  @Test
  void theJarHasOurClassesAndThoseOfTheLibrariesThatWeShipAndNoOthers() throws IOException {
    Set<String> packages =
        classes(Packaged.need("inclusion-maps.jar")).stream()
            .map(name -> name.split("/", 3)[0] + "/" + name.split("/", 3)[1])
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages)
        .containsExactly(
            "com/uber", "org/hipparchus", "org/inclusionmaps", "org/jspecify", "org/sqlite");
    assertThat(classes(Packaged.need("inclusion-maps.jar")))
        .contains("org/inclusionmaps/shaded/picocli/CommandLine.class")
        .anyMatch(name -> name.startsWith("org/inclusionmaps/shaded/snakeyaml/"))
        .anyMatch(name -> name.startsWith("org/inclusionmaps/shaded/jackson/yaml/"));
  }

  @Test
  void theJarHasNoSignatureAndNoModuleAndNoEntryTwice() throws IOException {
    List<String> names = names(Packaged.need("inclusion-maps.jar"));
    assertThat(names)
        .doesNotHaveDuplicates()
        .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA|EC)"))
        .noneMatch(name -> name.startsWith("META-INF/versions/"))
        .noneMatch(name -> name.endsWith("module-info.class"));
  }

  @Test
  void theServicesOfTheLibrariesAreThereUnderTheirNewNames() throws IOException {
    Path jar = Packaged.need("inclusion-maps.jar");
    assertThat(text(jar, "META-INF/services/java.sql.Driver")).contains("org.sqlite.JDBC");
    assertThat(text(jar, "META-INF/services/com.fasterxml.jackson.core.JsonFactory"))
        .contains("org.inclusionmaps.shaded.jackson.yaml.YAMLFactory");
    for (String name : names(jar)) {
      if (name.startsWith("META-INF/services/") && !name.endsWith("/")) {
        for (String implementation : text(jar, name).lines().map(String::strip).toList()) {
          if (!implementation.isEmpty() && !implementation.startsWith("#")) {
            assertThat(names(jar)).contains(implementation.replace('.', '/') + ".class");
          }
        }
      }
    }
  }

  @Test
  void theLicencesOfTheLibrariesAreKept() throws IOException {
    Path jar = Packaged.need("inclusion-maps.jar");
    assertThat(names(jar))
        .contains(
            "META-INF/LICENSE",
            "META-INF/LICENSE.txt", // of Hipparchus, with those of what it took from others
            "META-INF/maven/org.xerial/sqlite-jdbc/LICENSE",
            "META-INF/maven/org.xerial/sqlite-jdbc/LICENSE.zentus");
    assertThat(text(jar, "META-INF/LICENSE"))
        .isEqualTo(Files.readString(SparkHome.PROJECT.resolve("LICENSE")));
    assertThat(text(jar, "META-INF/NOTICE"))
        .contains("inclusion-maps")
        .contains("Hipparchus")
        .contains("Jackson");
  }

  @Test
  void theJarRunsWithSparkBesideItAndNothingElse() throws Exception {
    String jar = Packaged.need("inclusion-maps.jar").toString();
    assertThat(runs(jar + ":" + Packaged.need("spark/jars") + "/*"))
        .contains("Exit status:")
        .contains("measure");
  }

  @Test
  void theThinJarIsOurClassesAloneAndRunsWithItsLibraries() throws Exception {
    Path thin = Packaged.need("inclusion-maps-thin.jar");
    assertThat(classes(thin)).isNotEmpty().allMatch(name -> name.startsWith("org/inclusionmaps/"));
    String libraries = Packaged.need("lib") + "/*";
    assertThat(runs(thin + ":" + libraries + ":" + Packaged.need("spark/jars") + "/*"))
        .contains("measure");
  }

  @Test
  void theLibrariesOfTheThinJarAreNotThoseOfSpark() {
    assertThat(jarNames("lib")).isNotEmpty().doesNotContainAnyElementsOf(jarNames("spark/jars"));
  }

  private static List<String> jarNames(String folder) {
    String[] names = Packaged.need(folder).toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  /** What a plan of the sample country says: it reads YAML and asks picocli, without a session. */
  private static String runs(String path) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", path, "org.inclusionmaps.job.Main"));
    List<String> plan = new ArrayList<>(command);
    Path settings = SparkHome.PROJECT.resolve("data-samples/inclusion.yaml");
    plan.addAll(List.of("plan", "--config", settings.toString()));
    command.add("--help");
    Path folder = Country.folder("packaged");
    String said = "";
    for (List<String> line : List.of(command, plan)) {
      try (ChildProcess process = ChildProcess.start(folder.resolve("said"), Map.of(), line)) {
        assertThat(process.ends(LONGEST)).as(process.said()).isZero();
        said += process.said();
      }
    }
    assertThat(said).contains("Stages");
    return said;
  }

  private static Set<String> classes(Path jar) throws IOException {
    return names(jar).stream()
        .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
        .filter(name -> name.contains("/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> names(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).toList();
    }
  }

  private static String text(Path jar, String name) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return new String(
          file.getInputStream(file.getJarEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
