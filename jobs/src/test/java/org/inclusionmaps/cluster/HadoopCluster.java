package org.inclusionmaps.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.inclusionmaps.job.Jobs;
import org.inclusionmaps.testing.ChildProcess;

/** HDFS with two data nodes, and YARN with two node managers, in a process with its own jars. */
final class HadoopCluster implements AutoCloseable {
  private static final Path SOURCES = Path.of("src", "test", "cluster", "hadoop").toAbsolutePath();
  private final ChildProcess process;
  private final Path folder;
  private final String hdfs;

  private HadoopCluster(ChildProcess process, Path folder, String hdfs) {
    this.process = process;
    this.folder = folder;
    this.hdfs = hdfs;
  }

  /** Starts both; the made-up country is then in HDFS, in the folder {@code /country}. */
  static HadoopCluster start(Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("hadoop.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(SparkHome.JAVA.split(" ")));
    command.addAll(List.of("-Xmx512m", "--add-opens", "java.base/java.lang=ALL-UNNAMED"));
    command.add("-Dlog4j.configuration=" + SOURCES.resolve("log4j.properties").toUri());
    command.addAll(List.of("-cp", Packaged.jars("hadoop") + "/*"));
    command.addAll(
        List.of(SOURCES.resolve("MiniHadoop.java").toString(), folder.toString(), "yarn"));
    ChildProcess process = ChildProcess.start(log, Map.of(), command);
    String hdfs = process.says("ready (hdfs://\\S+)", 1, Duration.ofMinutes(5)).group(1);
    HadoopCluster cluster = new HadoopCluster(process, folder, hdfs);
    FileSystem files = cluster.files();
    files.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(Country.made().toUri()),
        new org.apache.hadoop.fs.Path(hdfs + "/country"));
    return cluster;
  }

  /** An address in HDFS. */
  String address(String path) {
    return hdfs + path;
  }

  /** A folder with the settings of a client, for HADOOP_CONF_DIR. */
  Path settings() {
    return folder.resolve("conf");
  }

  FileSystem files() throws IOException {
    return FileSystem.get(URI.create(hdfs), new Configuration());
  }

  /** The sha256 of each file of the release that an output folder in HDFS points to. */
  SortedMap<String, String> release(String output) throws IOException {
    Path copy = Country.folder("copy of " + output.replace('/', ' ').strip());
    files()
        .copyToLocalFile(
            new org.apache.hadoop.fs.Path(address(output)),
            new org.apache.hadoop.fs.Path(copy.resolve("out").toUri()));
    return Jobs.hashes(Jobs.release(copy.resolve("out")));
  }

  /** What containers of applications wrote to a stream, each with the end of its path. */
  List<Path> containerLogs(String stream) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("yarn"))) {
      return all.filter(path -> path.endsWith(stream)).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
