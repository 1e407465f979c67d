package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole job from HDFS and to HDFS, by the Spark that we build on. */
@Tag("slow")
class HdfsTest {
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static Path folder;
  private static HadoopCluster hadoop;

  @BeforeAll
  static void start() throws Exception {
    folder = Country.folder("hdfs");
    hadoop = HadoopCluster.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (hadoop != null) {
      hadoop.close();
    }
  }

  @Test
  void theReleaseInHdfsIsThatOfALocalDiskAndASecondRunLeavesIt() throws Exception {
    SparkHome home = SparkHome.ours(folder.resolve("spark"));
    for (String run : List.of("first", "second")) {
      runs(home, run);
      assertThat(hadoop.release("/out")).as(run).isEqualTo(Country.release());
    }
    org.apache.hadoop.fs.Path out = new org.apache.hadoop.fs.Path(hadoop.address("/out"));
    assertThat(hadoop.files().exists(new org.apache.hadoop.fs.Path(out, "LEASE"))).isFalse();
    for (FileStatus file :
        hadoop.files().listStatus(new org.apache.hadoop.fs.Path(out, "releases"))) {
      assertThat(file.getPath().getName()).doesNotStartWith("_draft");
    }
  }

  private static void runs(SparkHome home, String name) throws Exception {
    Path settings =
        Country.settingsFor(hadoop.address("/country/inputs"), folder.resolve("country.yaml"));
    try (ChildProcess job =
        home.submit(
            folder.resolve(name + ".log"),
            Map.of("HADOOP_CONF_DIR", hadoop.settings().toString()),
            List.of("--master", "local[2]", "--conf", "spark.sql.shuffle.partitions=3"),
            Country.run(settings.toString(), hadoop.address("/out")))) {
      assertThat(job.ends(LONGEST)).as(job.said()).isZero();
    }
  }
}
