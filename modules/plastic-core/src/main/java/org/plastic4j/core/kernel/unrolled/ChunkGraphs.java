package org.plastic4j.core.kernel.unrolled;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.nd4j.linalg.api.buffer.DataType;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.unrolled.ChunkGraph.Kind;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/** The graphs that a call uses: built once, and left to the next call when they are closed, without the memory. */
final class ChunkGraphs implements AutoCloseable {
    private static final Map<Kind, Queue<ChunkGraph>> IDLE = new ConcurrentHashMap<>();

    private final LifetimeSpec spec;
    private final DataType type;
    private final Map<Kind, ChunkGraph> acquired = new HashMap<>();

    ChunkGraphs(LifetimeTensors in) {
        spec = in.spec();
        type = in.type();
    }

    /** Of as many steps, clamped if the lifetimes are. */
    ChunkGraph of(int steps) {
        return of(steps, spec.given().contains(Slot.MASK));
    }

    ChunkGraph of(int steps, boolean clamped) {
        return acquired.computeIfAbsent(Kind.of(spec, type, clamped, steps), kind -> {
            ChunkGraph idle = idle(kind).poll();
            return idle == null ? new ChunkGraph(kind) : idle;
        });
    }

    private static Queue<ChunkGraph> idle(Kind kind) {
        return IDLE.computeIfAbsent(kind, key -> new ConcurrentLinkedQueue<>());
    }

    @Override
    public void close() {
        acquired.forEach((kind, graph) -> {
            graph.close();
            idle(kind).add(graph);
        });
    }
}
