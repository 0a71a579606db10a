package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * Memory is pooled from call to call: nothing may be read of it that the call has not written. Padding, which is zero
 * throughout, stays as it is; all else becomes NaN here before a call.
 */
@Tag("kernel")
class ScratchMemoryTest {
    private static final int BATCH = 3;

    @ParameterizedTest
    @CsvSource({
        "decaying_hebb, 5, 1, PER_CONNECTION",
        "decaying_hebb, 67, 19, PER_CONNECTION",
        "decaying_hebb, 67, 19, SHARED",
        "oja, 67, 19, PER_CONNECTION",
        "oja, 140, 40, SHARED"
    })
    void deferredUpdatesReadNothingThatACallBeforeHasLeft(String rule, int n, int steps, Alpha alpha) {
        assumeThat(VectorLanes.SPECIES).as("vectors").isNotNull();
        check(new DeferredKernel(), rule, n, steps, alpha, VectorForward.BLOCK_WIDTH, false);
    }

    @ParameterizedTest
    @CsvSource({
        "decaying_hebb, 5, 1, PER_CONNECTION",
        "decaying_hebb, 67, 19, SHARED",
        "oja, 67, 19, PER_CONNECTION",
        "hard_bound, 67, 19, PER_CONNECTION",
        "soft_bound, 67, 19, SHARED",
        "neuromodulated, 67, 19, PER_CONNECTION",
        "neuromodulated_fan_out, 140, 40, PER_CONNECTION",
        "retroactive, 67, 19, PER_CONNECTION",
        "abcd, 67, 19, PER_CONNECTION",
        "bcm, 67, 19, PER_CONNECTION",
        "stpn, 67, 19, SHARED"
    })
    void compiledRulesReadNothingThatACallBeforeHasLeft(String rule, int n, int steps, Alpha alpha) {
        check(new CompiledKernel(), rule, n, steps, alpha, VectorLanes.BLOCK_WIDTH, true);
    }

    private static void check(
            LifetimeKernel kernel, String rule, int n, int steps, Alpha alpha, int blockWidth, boolean together) {
        PlasticCell cell = new PlasticCell(n, alpha, PlasticityRule.of(rule, 0.5));
        KernelCase lifetimes = KernelCase.random(cell, steps, BATCH, n);
        LifetimeTensors in = lifetimes.tensors(DataType.FLOAT);
        // Not released: what follows begins with memory of its own.
        LifetimeBuffers.acquire(in, blockWidth, together);
        Map<String, INDArray> outputs = lifetimes.forward(kernel, in);
        INDArray y = outputs.get("y");
        // After other lifetimes, gradients are formed as after a restart.
        poisoned(in, blockWidth, together);
        Map<String, INDArray> gradients = lifetimes.backward(kernel, in, y);

        poisoned(in, blockWidth, together);
        assertSame(outputs, lifetimes.forward(kernel, in));
        poisoned(in, blockWidth, together);
        assertSame(gradients, lifetimes.backward(kernel, in, y));
    }

    private static void assertSame(Map<String, INDArray> expected, Map<String, INDArray> found) {
        expected.forEach((name, array) -> {
            assertThat(array.data().asFloat()).as(name).doesNotContain(Float.NaN);
            assertThat(found.get(name).data().asFloat())
                    .as(name)
                    .isEqualTo(array.data().asFloat());
        });
    }

    private static void poisoned(LifetimeTensors in, int blockWidth, boolean together) {
        LifetimeBuffers pooled = LifetimeBuffers.acquire(in, blockWidth, together);
        int poisoned = poison(pooled);
        assertThat(poisoned).as("values that a call has left").isGreaterThan(in.neurons());
        pooled.release(true);
    }

    /** Makes all floats NaN that are not zero, in whatever arrays an object of this package leads to; how many there were. */
    static int poison(Object object) {
        return poison(object, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static int poison(Object object, Set<Object> seen) {
        if (object == null || !seen.add(object)) {
            return 0;
        }
        if (object instanceof float[] values) {
            int count = 0;
            for (int i = 0; i < values.length; i++) {
                if (values[i] != 0) {
                    values[i] = Float.NaN;
                    count++;
                }
            }
            return count;
        }
        int count = 0;
        if (object instanceof Map<?, ?> map) {
            for (Object value : map.values()) {
                count += poison(value, seen);
            }
        } else if (object instanceof List<?> list) {
            for (Object value : list) {
                count += poison(value, seen);
            }
        } else if (object.getClass().isArray()
                && !object.getClass().getComponentType().isPrimitive()) {
            for (int i = 0; i < Array.getLength(object); i++) {
                count += poison(Array.get(object, i), seen);
            }
        } else if (object.getClass().getPackageName().equals(LifetimeBuffers.class.getPackageName())) {
            for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        count += poison(value(field, object), seen);
                    }
                }
            }
        }
        return count;
    }

    private static Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
