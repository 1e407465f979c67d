import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * HDFS with two data nodes and, if asked for, YARN with two node managers, on 127.0.0.1, until the
 * process ends: {@code java -cp 'jobs/target/cluster/hadoop/*' MiniHadoop.java FOLDER [yarn]}. The
 * client's settings are in FOLDER/conf when the line "ready" is printed.
 */
public final class MiniHadoop {
  private MiniHadoop() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    boolean yarn = arguments.length > 1;
    System.setProperty("test.build.data", folder.resolve("yarn").toString());
    Configuration settings = new YarnConfiguration();
    settings.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    settings.set("dfs.blocksize", "1m"); // files of several blocks
    settings.set("dfs.namenode.fs-limits.min-block-size", "4096");
    settings.set("dfs.permissions.enabled", "false");
    MiniDFSCluster dfs = new MiniDFSCluster.Builder(settings).numDataNodes(2).build();
    dfs.waitActive();
    settings.set("fs.defaultFS", dfs.getFileSystem().getUri().toString());
    Configuration client = new Configuration(false);
    client.set("fs.defaultFS", settings.get("fs.defaultFS"));
    client.set("dfs.replication", "2");
    if (yarn) {
      settings.set("yarn.resourcemanager.hostname", "127.0.0.1");
      settings.set("yarn.scheduler.capacity.root.queues", "default");
      settings.set("yarn.scheduler.capacity.root.default.capacity", "100");
      settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.9");
      settings.set("yarn.scheduler.minimum-allocation-mb", "128");
      settings.set("yarn.scheduler.maximum-allocation-mb", "3072");
      settings.set("yarn.nodemanager.resource.memory-mb", "3072");
      settings.set("yarn.nodemanager.resource.cpu-vcores", "4");
      settings.set("yarn.nodemanager.vmem-check-enabled", "false");
      settings.set("yarn.nodemanager.pmem-check-enabled", "true"); // what overuses memory is killed
      settings.set("yarn.nodemanager.delete.debug-delay-sec", "600"); // keeps the containers' logs
      settings.set(
          "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.9");
      MiniYARNCluster cluster = new MiniYARNCluster("inclusion", 1, 2, 1, 1);
      cluster.init(settings);
      cluster.start();
      if (!cluster.waitForNodeManagersToConnect(60_000)) {
        throw new IllegalStateException("node managers did not connect");
      }
      Configuration started = cluster.getConfig();
      for (String key :
          new String[] {
            "yarn.resourcemanager.address",
            "yarn.resourcemanager.scheduler.address",
            "yarn.resourcemanager.hostname",
            "yarn.scheduler.maximum-allocation-mb",
            "yarn.scheduler.minimum-allocation-mb"
          }) {
        client.set(key, started.get(key));
      }
    }
    Path conf = Files.createDirectories(folder.resolve("conf"));
    for (String name : new String[] {"core-site.xml", "hdfs-site.xml", "yarn-site.xml"}) {
      try (OutputStream out = new FileOutputStream(new File(conf.toFile(), name))) {
        client.writeXml(out);
      }
    }
    System.out.println("ready " + settings.get("fs.defaultFS"));
    Thread.currentThread().join();
  }
}
