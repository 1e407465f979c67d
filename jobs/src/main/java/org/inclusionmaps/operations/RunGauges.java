package org.inclusionmaps.operations;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The figures of the attempt that this process runs, by name. Spark makes the plugin that shows
 * them before there is an attempt, so they belong to the process. A figure not known is NaN.
 */
final class RunGauges {
  /** Name to what it is, in the words that Prometheus shows. */
  static final Map<String, String> NAMES = names();

  private static final Map<String, Double> VALUES = new ConcurrentHashMap<>();

  private RunGauges() {}

  private static Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    names.put("stages_done", "Stages that ran to their end in this attempt.");
    names.put("stages_reused", "Stages whose tables were there from an earlier attempt.");
    names.put("rows_written", "Rows of the tables that this attempt wrote.");
    names.put("read_bytes", "Bytes that Spark's tasks read from files.");
    names.put("written_bytes", "Bytes that Spark's tasks wrote to files.");
    names.put("shuffle_written_bytes", "Bytes that tasks wrote for others.");
    names.put("spilled_disk_bytes", "Bytes that tasks moved from memory to disk.");
    names.put("failed_tasks", "Tasks that failed; Spark repeats them.");
    names.put("cpu_seconds", "CPU of Spark's tasks.");
    names.put("duration_seconds", "Time of this attempt by the clock, told at its end.");
    names.put("rows_read", "Rows in the feeds.");
    names.put("rows_quarantined", "Rows of feeds that were refused.");
    names.put("rows_duplicate", "Rows of feeds that repeat another one.");
    names.put("persons", "Persons 15 and older of the release.");
    names.put("persons_lacking", "Of these, who lack affordable access.");
    names.put("privacy_budget_left_rho", "What the privacy ledger still allows.");
    names.put("exit_status", "Exit status of this attempt, told at its end.");
    return names;
  }

  /** A new attempt begins: nothing is known, and nothing done. */
  static void clear() {
    VALUES.clear();
    for (String sum :
        new String[] {"stages_done", "stages_reused", "rows_written", "failed_tasks"}) {
      VALUES.put(sum, 0.0);
    }
  }

  static double value(String name) {
    return VALUES.getOrDefault(name, Double.NaN);
  }

  static void set(String name, long value) {
    set(name, (double) value);
  }

  static void set(String name, double value) {
    if (!NAMES.containsKey(name)) {
      throw new IllegalArgumentException(name + " is no gauge");
    }
    VALUES.put(name, value);
  }

  static void stage(StageAccount account) {
    switch (account.outcome()) {
      case DONE -> add("stages_done", 1);
      case REUSED -> add("stages_reused", 1);
      case FAILED -> {}
    }
    if (account.outcome() == StageAccount.Outcome.DONE && account.written() != null) {
      add("rows_written", account.written().rows());
    }
    TaskSums tasks = account.tasks();
    add("read_bytes", tasks.inputBytes());
    add("written_bytes", tasks.outputBytes());
    add("shuffle_written_bytes", tasks.shuffleWriteBytes());
    add("spilled_disk_bytes", tasks.spilledDiskBytes());
    add("failed_tasks", tasks.failedTasks());
    add("cpu_seconds", tasks.cpuMillis() / 1000.0);
  }

  private static void add(String name, long amount) {
    add(name, (double) amount);
  }

  private static void add(String name, double amount) {
    VALUES.merge(name, amount, Double::sum);
  }
}
