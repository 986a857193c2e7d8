package dev.postrider.bench.rig;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a JVM on this machine says of its memory. */
public final class Memory implements AutoCloseable {
    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final MemoryMXBean heap;

    private Memory(JMXConnector connector) throws IOException {
        this.connector = connector;
        var server = connector.getMBeanServerConnection();
        this.threads =
                ManagementFactory.newPlatformMXBeanProxy(
                        server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        this.heap =
                ManagementFactory.newPlatformMXBeanProxy(
                        server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // to a program that the bench has started
    public static Memory of(long pid) throws IOException {
        try {
            var machine = VirtualMachine.attach(String.valueOf(pid));
            var address = machine.startLocalManagementAgent();
            machine.detach();
            return new Memory(JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }

    /**
     * Octets allocated since it started, by all threads: what virtual threads allocate is counted
     * for those that carry them.
     */
    public long allocated() {
        return threads.getTotalThreadAllocatedBytes();
    }

    /** Octets in use once what nobody refers to is taken away. */
    public long live() {
        heap.gc();
        return heap.getHeapMemoryUsage().getUsed();
    }

    /** The most that is live while something else goes on, as often as a collection takes. */
    public final class Watch implements AutoCloseable {
        /** Written by the thread, read by whoever closes. */
        private final AtomicLong most = new AtomicLong();

        private volatile boolean stopping;
        private final Thread thread = Thread.ofPlatform().name("watch").start(this::look);

        private void look() {
            while (!stopping) {
                most.accumulateAndGet(live(), Math::max);
            }
        }

        public long most() {
            return most.get();
        }

        @Override
        public void close() throws InterruptedException {
            stopping = true;
            thread.join();
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
