package dev.postrider.bench.smtp;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * One round of one contender.
 *
 * @param allocated octets a message, by all threads of this process
 * @param cpu microseconds a message, of this process, kernel included
 */
record Measurement(double perSecond, double allocated, double cpu) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Measurement of(Sender sender, Duration time) throws Exception {
        long allocatedBefore = THREADS.getTotalThreadAllocatedBytes();
        long cpuBefore = SYSTEM.getProcessCpuTime();
        long started = System.nanoTime();
        double messages = sender.send(time);
        double nanos = System.nanoTime() - started;
        double cpu = SYSTEM.getProcessCpuTime() - cpuBefore;
        double allocated = THREADS.getTotalThreadAllocatedBytes() - allocatedBefore;
        return new Measurement(messages * 1e9 / nanos, allocated / messages, cpu / 1000 / messages);
    }
}
