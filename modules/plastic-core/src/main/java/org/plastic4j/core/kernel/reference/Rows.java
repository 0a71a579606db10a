package org.plastic4j.core.kernel.reference;

/** Rows of arrays in C order, each an array of its own. */
final class Rows {
    private Rows() {}

    /** The rows of an array whose last axis has this length. */
    static double[][] split(double[] values, int width) {
        double[][] rows = new double[values.length / width][width];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(values, r * width, rows[r], 0, width);
        }
        return rows;
    }

    /** The inverse of {@link #split}. */
    static double[] join(double[][] rows) {
        int width = rows[0].length;
        double[] values = new double[Math.multiplyExact(rows.length, width)];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, values, r * width, width);
        }
        return values;
    }

    /** Matrix k of an array [.., m, n], as the n rows of its transpose. */
    static void readTransposed(double[] from, int k, double[][] rows) {
        int m = rows[0].length;
        for (int i = 0, at = k * m * rows.length; i < m; i++) {
            for (double[] row : rows) {
                row[i] = from[at++];
            }
        }
    }

    /** The inverse of {@link #readTransposed}. */
    static void writeTransposed(double[][] rows, double[] to, int k) {
        int m = rows[0].length;
        for (int i = 0, at = k * m * rows.length; i < m; i++) {
            for (double[] row : rows) {
                to[at++] = row[i];
            }
        }
    }

    /** Adds a row to another of the same length. */
    static void add(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** Copies rows into others of the same lengths. */
    static void copy(double[][] from, double[][] to) {
        for (int r = 0; r < from.length; r++) {
            System.arraycopy(from[r], 0, to[r], 0, from[r].length);
        }
    }
}
