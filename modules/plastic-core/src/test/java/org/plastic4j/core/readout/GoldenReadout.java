package org.plastic4j.core.readout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.lifetime.Agreement;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.testsupport.GoldenFile;

/** Holds a readout against outputs and gradients from an independent implementation. */
public final class GoldenReadout {
    private static final List<String> EXPECTED =
            List.of("y", "hebb", "grad_x", "grad_w", "grad_alpha", "grad_eta", "grad_hebb0");

    private GoldenReadout() {}

    /**
     * Checks one execution against one file.
     *
     * @param file readout-RULE-ALPHA.npz
     */
    public static void check(Path file, boolean fused) throws IOException {
        String[] parts = file.getFileName().toString().replace(".npz", "").split("-");
        Map<String, INDArray> golden = GoldenFile.read(file);
        PlasticReadout readout = new PlasticReadout(
                (int) golden.get("w").size(0),
                (int) golden.get("w").size(1),
                parts[2].equals("shared") ? Alpha.SHARED : Alpha.PER_CONNECTION,
                PlasticityRule.of(parts[1], Double.NaN));
        ReadoutCase lifetimes = new ReadoutCase(readout, true, golden);
        ReadoutLifetime lifetime = fused ? new FusedReadout() : new UnrolledReadout(lifetimes.steps());

        Map<String, INDArray> expected = new LinkedHashMap<>();
        EXPECTED.forEach(name -> expected.put(name, golden.get(name)));
        // Nothing is said of the drive's gradient.
        Agreement.assertAgree(
                expected, lifetimes.runWithout("grad_drive", lifetime, DataType.DOUBLE), 1e-9, file.toString());
        if (fused) {
            Agreement.assertAgree(
                    expected, lifetimes.runWithout("grad_drive", lifetime, DataType.FLOAT), 1e-4, file + " in float");
        }
    }
}
