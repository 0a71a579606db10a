package org.plastic4j.maze.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.maze.world.Episode;
import org.plastic4j.maze.world.Observation;
import org.plastic4j.maze.world.World;

/**
 * The lifetimes of a batch, shared out to threads for a whole episode: no thread waits for another before its end. What a
 * lifetime does depends on no other, so the number of threads changes no bit.
 */
final class Actors implements AutoCloseable {
    private final List<Actor> actors = new ArrayList<>();
    private final ExecutorService threads;

    Actors(PlasticCell cell, Rollout rollout, Map<String, INDArray> parameters, int threads) {
        int batch = rollout.shape().batch();
        int parts = Math.min(threads, batch);
        for (int k = 0; k < parts; k++) {
            int first = k * batch / parts;
            actors.add(new Actor(cell, first, (k + 1) * batch / parts - first, rollout, parameters));
        }
        this.threads = Executors.newFixedThreadPool(Math.max(1, parts - 1), work -> {
            Thread thread = new Thread(work, "actor");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Lives a batch of episodes from their beginning, with these parameters. When it returns or throws, nobody acts any
     * more: the next batch writes to the same memory. A thread that is interrupted stays so, and waits all the same.
     *
     * @param choices what is random in each episode's actions
     */
    void run(
            Map<String, INDArray> parameters,
            World world,
            Observation observation,
            List<Episode> episodes,
            List<RandomGenerator> choices,
            Watcher watcher) {
        actors.forEach(actor -> actor.load(parameters));
        CompletableFuture<?>[] acting = new CompletableFuture<?>[actors.size()];
        // The first one last, in this thread.
        for (int k = acting.length - 1; k >= 0; k--) {
            Actor actor = actors.get(k);
            acting[k] = CompletableFuture.runAsync(
                    () -> actor.run(world, observation, episodes, choices, watcher), k == 0 ? Runnable::run : threads);
        }
        try {
            CompletableFuture.allOf(acting).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("an agent could not act", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
