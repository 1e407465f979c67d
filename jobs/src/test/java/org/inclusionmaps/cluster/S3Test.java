package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.inclusionmaps.job.Jobs;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole job with its output in an object store, through S3A. */
@Tag("slow")
class S3Test {
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static Path folder;
  private static S3Store store;

  @BeforeAll
  static void start() throws Exception {
    folder = Country.folder("s3");
    store = S3Store.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void oneOfManyWritersCreatesAnObjectThroughTheFront() throws Exception {
    for (int round = 0; round < 10; round++) {
      List<Integer> statuses = store.race(store.front(), "/country/race-" + round, 16);
      assertThat(statuses).containsOnly(200, 412);
      assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
    }
  }

  /** Why the front is there: s3proxy lets every writer win, and tells each so. */
  @Test
  void withoutTheFrontManyWritersCreateOneObject() throws Exception {
    List<Integer> statuses = store.race(store.back(), "/country/race", 16);
    assertThat(Collections.frequency(statuses, 200)).isGreaterThan(1);
  }

  @Test
  void anObjectIsReplacedThroughTheFrontOnlyByWhoKnowsIt() throws Exception {
    assertThat(store.put(store.front(), "/country/known", "one", Map.of())).isEqualTo(200);
    String one = "f97c5d29941bfb1b2fdab0874906ab82"; // the MD5 of "one"
    assertThat(store.put(store.front(), "/country/known", "two", Map.of("If-Match", one)))
        .isEqualTo(200);
    assertThat(store.put(store.front(), "/country/known", "three", Map.of("If-Match", one)))
        .isEqualTo(412);
    assertThat(store.put(store.front(), "/country/unknown", "one", Map.of("If-Match", one)))
        .isEqualTo(404);
  }

  @Test
  void theReleaseByTheMagicCommitterIsThatOfALocalDisk() throws Exception {
    Path s3 = SparkHome.PROJECT.resolve("conf/cluster/s3.conf");
    assertThat(release("magic", List.of("--properties-file", s3.toString())))
        .isEqualTo(Country.release());
  }

  private static SortedMap<String, String> release(String name, List<String> more)
      throws Exception {
    List<String> options = new ArrayList<>(List.of("--master", "local[2]"));
    options.addAll(List.of("--conf", "spark.sql.shuffle.partitions=3"));
    options.addAll(store.options());
    options.addAll(more);
    try (ChildProcess job =
        SparkHome.ours(folder.resolve("spark of " + name))
            .submit(
                folder.resolve(name + ".log"),
                Map.of(),
                options,
                Country.run("s3a://country/" + name))) {
      assertThat(job.ends(LONGEST)).as(job.said()).isZero();
    }
    store.copy(name + "/", folder.resolve("copy"));
    Path output = folder.resolve("copy").resolve(name);
    assertThat(output.resolve("LEASE")).doesNotExist();
    return Jobs.hashes(Jobs.release(output));
  }
}
