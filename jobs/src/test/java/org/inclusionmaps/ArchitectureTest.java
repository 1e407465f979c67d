package org.inclusionmaps;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may import whom: the walls between the rooms. */
class ArchitectureTest {
  private static final String HOME = "org.inclusionmaps.";
  private static final List<String> SPARK =
      List.of("org.apache.spark..", "scala..", "org.apache.parquet..");
  private static final List<String> HADOOP = List.of("org.apache.hadoop..");
  private static final List<String> KERNELS =
      List.of(
          "grid",
          "radio",
          "affordability",
          "estimation",
          "deprivation",
          "accuracy",
          "privacy",
          "format");

  private record Room(List<String> ours, List<String> others) {}

  private static final Map<String, Room> ROOMS = rooms();

  private static Map<String, Room> rooms() {
    Map<String, Room> rooms = new TreeMap<>();
    List<String> edges = List.of("store", "format", "grid", "contract", "config", "error");
    List<String> files =
        join(
            SPARK,
            HADOOP,
            List.of(
                "org.locationtech..", "com.fasterxml.jackson..", "org.sqlite..", "org.slf4j.."));
    rooms.put(
        "job",
        new Room(
            List.of(
                "stage",
                "measurement",
                "privacy",
                "estimation",
                "sample",
                "security",
                "store",
                "contract",
                "ingest",
                "publish",
                "publish.writing",
                "operations",
                "accuracy",
                "config",
                "error"),
            join(SPARK, HADOOP, List.of("org.slf4j..", "picocli..", "com.fasterxml.jackson.."))));
    rooms.put("ingest", new Room(edges, files));
    publishing(rooms);
    rooms.put(
        "security",
        new Room(
            List.of("privacy", "store", "contract", "config", "error"),
            join(SPARK, HADOOP, List.of("org.slf4j..", "com.fasterxml.jackson.."))));
    rooms.put(
        "operations",
        new Room(
            List.of("store", "contract", "config", "error"),
            join(
                SPARK,
                HADOOP,
                List.of(
                    "com.fasterxml.jackson..",
                    "com.codahale.metrics..",
                    "com.uber.h3core..", // whether native libraries load
                    "com.github.luben.zstd..",
                    "org.sqlite..",
                    "org.slf4j.."))));
    rooms.put("store", new Room(List.of("error"), HADOOP));
    rooms.put(
        "sample",
        new Room(
            List.of("grid", "format", "contract", "config", "error"),
            join(
                SPARK,
                HADOOP,
                List.of("org.hipparchus..", "org.locationtech..", "com.fasterxml.jackson.."))));
    rooms.put(
        "measurement",
        new Room(
            List.of("grid", "estimation", "privacy", "contract", "config", "error"),
            join(SPARK, HADOOP)));
    rooms.put("stage", new Room(join(KERNELS, List.of("contract", "config", "error")), SPARK));
    rooms.put("contract", new Room(List.of("error"), SPARK));
    rooms.put(
        "config",
        new Room(List.of("error"), List.of("com.fasterxml.jackson..", "org.yaml.snakeyaml..")));
    for (String kernel : KERNELS) {
      rooms.put(kernel, new Room(List.of("grid"), List.of("org.hipparchus..")));
    }
    rooms.put(
        "format",
        new Room(
            List.of("grid"),
            List.of("org.locationtech..", "org.apache.arrow..", "org.apache.parquet.format..")));
    rooms.put("grid", new Room(List.of(), List.of("com.uber.h3core..", "org.locationtech..")));
    rooms.put("error", new Room(List.of(), List.of()));
    return rooms;
  }

  /** A release goes from figures through the writers of files to what holds them together. */
  private static void publishing(Map<String, Room> rooms) {
    List<String> jts = List.of("org.locationtech..");
    List<String> edges = List.of("store", "format", "contract", "config", "error");
    rooms.put(
        "publish.writing",
        new Room(edges, join(SPARK, HADOOP, List.of("com.fasterxml.jackson..", "org.sqlite.."))));
    rooms.put(
        "publish.figures",
        new Room(List.of("publish.writing", "store", "grid", "contract"), join(SPARK, jts)));
    List<String> shown =
        List.of(
            "publish.figures", "publish.writing", "grid", "format", "contract", "config", "error");
    rooms.put("publish.tiles", new Room(shown, join(SPARK, HADOOP, jts)));
    rooms.put("publish.rasters", new Room(shown, join(SPARK, HADOOP, jts)));
    rooms.put(
        "publish.desktop",
        new Room(join(shown, List.of("publish.tiles")), join(SPARK, HADOOP, jts)));
    rooms.put("publish.report", new Room(shown, join(SPARK, jts)));
    rooms.put(
        "publish",
        new Room(
            join(
                edges,
                List.of(
                    "publish.writing",
                    "publish.figures",
                    "publish.tiles",
                    "publish.rasters",
                    "publish.desktop",
                    "publish.report")),
            join(
                join(SPARK, HADOOP, jts),
                List.of(
                    "com.fasterxml.jackson..",
                    "com.sun.net.httpserver..", // the map is served on the user's machine
                    "org.slf4j.."))));
  }

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.inclusionmaps");

  @Test
  void eachRoomImportsOnlyWhatItMay() {
    for (Map.Entry<String, Room> room : ROOMS.entrySet()) {
      List<String> allowed = new ArrayList<>(List.of("java..", "javax..", "org.jspecify..", ""));
      allowed.add(packages(room.getKey()));
      room.getValue().ours().forEach(other -> allowed.add(packages(other)));
      allowed.addAll(room.getValue().others());
      classes()
          .that()
          .resideInAPackage(packages(room.getKey()))
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void noRoomNeedsItselfThroughOthers() {
    Set<String> settled = new TreeSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<String, Room> room : ROOMS.entrySet()) {
        Set<String> needs = new TreeSet<>(room.getValue().ours());
        needs.remove(room.getKey());
        more |= settled.containsAll(needs) && settled.add(room.getKey());
      }
    }
    assertThat(settled).isEqualTo(ROOMS.keySet());
  }

  @Test
  void everyClassIsInARoom() {
    Set<String> strangers = new TreeSet<>();
    CLASSES.forEach(
        type -> {
          if (ROOMS.keySet().stream()
              .noneMatch(
                  room -> PackageMatcher.of(packages(room)).matches(type.getPackageName()))) {
            strangers.add(type.getName());
          }
        });
    assertThat(strangers).isEmpty();
  }

  /** The packages of a room: with those below it, unless they are rooms of their own. */
  private static String packages(String room) {
    boolean parted = ROOMS.keySet().stream().anyMatch(other -> other.startsWith(room + "."));
    return HOME + room + (parted ? "" : "..");
  }

  private static List<String> join(List<String> first, List<String> second) {
    List<String> joined = new ArrayList<>(first);
    joined.addAll(second);
    return joined;
  }

  private static List<String> join(List<String> first, List<String> second, List<String> third) {
    return join(join(first, second), third);
  }
}
