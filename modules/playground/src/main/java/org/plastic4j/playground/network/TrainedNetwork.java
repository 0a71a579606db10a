package org.plastic4j.playground.network;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.training.checkpoint.Npz;

/**
 * A network that was trained before and comes with the program.
 *
 * @param origin where it comes from
 * @param parameters its parameters by name
 */
public record TrainedNetwork(Origin origin, Map<String, INDArray> parameters) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Where a network comes from.
     *
     * @param name what it is called here
     * @param experiment the experiment that trained it
     * @param command the command that trains it again
     * @param seed the run's seed
     * @param commit the program's version that trained it
     * @param lifetimes on how many lifetimes it was trained
     * @param data what those were made of
     * @param measure what it is measured by
     * @param heldOut its mean over held-out lifetimes
     * @param heldOutLifetimes how many those were
     * @param sha256 of the parameters' file
     * @param settings every setting of its run by its path
     */
    @JsonPropertyOrder({"name", "experiment", "command", "seed", "commit", "lifetimes"})
    public record Origin(
            String name,
            String experiment,
            String command,
            long seed,
            String commit,
            long lifetimes,
            Map<String, String> data,
            String measure,
            double heldOut,
            long heldOutLifetimes,
            String sha256,
            Map<String, String> settings) {
        /**
         * @param path a setting's path
         * @return its value
         * @throws IllegalArgumentException if the run had no such setting
         */
        public String setting(String path) {
            String value = settings.get(path);
            if (value == null) {
                throw new IllegalArgumentException(name + ": no setting " + path);
            }
            return value;
        }

        /**
         * @param path a setting's path
         * @return its value, which is an integer
         */
        public int integer(String path) {
            return Integer.parseInt(setting(path));
        }

        /**
         * @param path a setting's path
         * @return its value, which is a number
         */
        public double number(String path) {
            return Double.parseDouble(setting(path));
        }
    }

    /**
     * @param name what the network is called
     * @return the network; empty if none of that name comes with the program
     * @throws IllegalStateException if its files do not belong together
     */
    public static Optional<TrainedNetwork> find(String name) {
        try (InputStream json = TrainedNetwork.class.getResourceAsStream(name + ".json");
                InputStream npz = TrainedNetwork.class.getResourceAsStream(name + ".npz")) {
            if (json == null || npz == null) {
                return Optional.empty();
            }
            Origin origin = MAPPER.readValue(json, Origin.class);
            byte[] bytes = npz.readAllBytes();
            if (!DigestUtils.sha256Hex(bytes).equals(origin.sha256)) {
                throw new IllegalStateException(name + ".npz is not what " + name + ".json describes");
            }
            return Optional.of(new TrainedNetwork(origin, Npz.read(new ByteArrayInputStream(bytes))));
        } catch (IOException e) {
            throw new IllegalStateException(name + ": this network cannot be read", e);
        }
    }

    /**
     * @param name what the network is called
     * @return the network
     * @throws IllegalStateException if there is none, or its files do not belong together
     */
    public static TrainedNetwork require(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("no network " + name + " comes with the program"));
    }
}
