package org.plastic4j.core.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * What this JVM makes of the Vector API. Its vectors are fast only where HotSpot's compiler C2 turns them into machine
 * instructions, multiply-adds among them: anywhere else each is an object, and a multiply-add a calculation in decimals.
 */
public final class JvmVectors {
    private static final int SHORTEST = 128;
    private static final int C2 = 4;

    private JvmVectors() {}

    /** Why vectors would be slow, as the end of a sentence; empty where they are fast. */
    public static Optional<String> whySlow() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return Optional.of("start Java with --add-modules jdk.incubator.vector for the fast ones");
        }
        Optional<HotSpotDiagnosticMXBean> hotSpot = hotSpot();
        if (hotSpot.isEmpty()) {
            return Optional.of("the fast ones need a HotSpot JVM with the module jdk.management");
        }
        if (System.getProperty("java.vm.info", "").contains("interpreted mode")
                || option(hotSpot.get(), "TieredStopAtLevel", C2) < C2) {
            return Optional.of("the fast ones need HotSpot's compiler C2, which is switched off");
        }
        if (!Boolean.parseBoolean(hotSpot.get().getVMOption("UseFMA").getValue())) {
            return Optional.of("the fast ones need a processor with multiply-add instructions (FMA)");
        }
        int bits = Byte.SIZE * option(hotSpot.get(), "MaxVectorSize", 0);
        if (bits < SHORTEST) {
            return Optional.of("the fast ones need vectors of at least " + SHORTEST + " bits, found " + bits);
        }
        return Optional.empty();
    }

    private static Optional<HotSpotDiagnosticMXBean> hotSpot() {
        try {
            return Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class));
        } catch (LinkageError | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An option's value, or another where this JVM has no such option: without C2, none of C2's. */
    private static int option(HotSpotDiagnosticMXBean hotSpot, String name, int otherwise) {
        try {
            return Integer.parseInt(hotSpot.getVMOption(name).getValue());
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
