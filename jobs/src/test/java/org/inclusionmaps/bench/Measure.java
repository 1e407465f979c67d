package org.inclusionmaps.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a piece of work took.
 *
 * @param wallS seconds by the clock
 * @param cpuS seconds of all processors, of the whole process: its compiler and collector too
 */
record Measure(double wallS, double cpuS) {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Measures a piece of work once. */
  static Measure of(Runnable work) {
    long cpu = PROCESS.getProcessCpuTime();
    long wall = System.nanoTime();
    work.run();
    return new Measure((System.nanoTime() - wall) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
  }

  /** All that the process has used since its start. */
  static Measure sinceStart() {
    return new Measure(
        ManagementFactory.getRuntimeMXBean().getUptime() / 1e3, PROCESS.getProcessCpuTime() / 1e9);
  }

  /** Processor time of the calling thread so far, ns. */
  static long threadCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The one in the middle by processor time. */
  static Measure median(List<Measure> measures) {
    List<Measure> sorted = new ArrayList<>(measures);
    sorted.sort(Comparator.comparingDouble(Measure::cpuS));
    return sorted.get(sorted.size() / 2);
  }
}
