package org.plastic4j.core.kernel.vector;

import java.util.Arrays;

/**
 * Tiles of a layer's matrices as arrays of their own, for flat loops: those of a matrix are copied here and back, and vectors
 * get a value for each connection. A tile has {@link #WIDTH} columns and at most {@link #MOST_ROWS} rows, row after row.
 */
final class VectorFlatTiles {
    /** The columns of a block: few, since row vectors are written once for each; many, since column vectors are copied. */
    static final int WIDTH = 16;
    /** With so many, a dozen arrays stay in the nearest caches, and loops are long enough to be worth beginning. */
    private static final int MOST_ROWS = 56;

    private final PanelLayout layout;
    private final int rowsOfTile;
    /** How many tiles a block is cut into. */
    final int tiles;

    VectorFlatTiles(PanelLayout layout) {
        this.layout = layout;
        int least = (layout.rows + MOST_ROWS - 1) / MOST_ROWS;
        rowsOfTile = (layout.rows + least - 1) / least;
        tiles = (layout.rows + rowsOfTile - 1) / rowsOfTile;
    }

    /** Arrays of a tile. */
    float[][] arrays(int count) {
        return new float[count][rowsOfTile * WIDTH];
    }

    /** Arrays of all tiles for so many row vectors and what comes into a step. */
    float[][][] rowArrays(int count) {
        float[][][] rows = new float[tiles][][];
        Arrays.setAll(rows, tile -> arrays(count + 1));
        return rows;
    }

    /** Reads so many row vectors of step t's update, and an output after them. */
    void readRows(RuleVectors vectors, int t, int output, int count, float[][]... to) {
        for (int tile = 0; tile < tiles; tile++) {
            for (int k = 0; k < count && t > 0; k++) {
                rows(vectors.rows()[k], vectors.at(t), tile, to[tile][k]);
            }
            rows(vectors.y(), vectors.at(output), tile, to[tile][count]);
        }
    }

    /** How many connections a tile has. */
    int length(int tile) {
        return WIDTH * Math.min(rowsOfTile, layout.rows - tile * rowsOfTile);
    }

    private int at(int column, int tile) {
        return layout.at(column, tile * rowsOfTile);
    }

    /** Copies a tile of some matrices here, from the first of them on. */
    void load(float[][] matrices, int first, int column, int tile, float[]... to) {
        int from = at(column, tile);
        int length = length(tile);
        for (int k = first; k < matrices.length; k++) {
            System.arraycopy(matrices[k], from, to[k], 0, length);
        }
    }

    /** Copies a tile back into a matrix. */
    void store(float[] from, int column, int tile, float[] matrix) {
        System.arraycopy(from, 0, matrix, at(column, tile), length(tile));
    }

    /** A tile's part of a row vector, each value in all columns. */
    private void rows(float[] vector, int from, int tile, float[] to) {
        int row = from + tile * rowsOfTile;
        int length = length(tile);
        for (int at = 0; at < length; at += WIDTH, row++) {
            float value = vector[row];
            to[at] = value;
            to[at + 1] = value;
            to[at + 2] = value;
            to[at + 3] = value;
            to[at + 4] = value;
            to[at + 5] = value;
            to[at + 6] = value;
            to[at + 7] = value;
            to[at + 8] = value;
            to[at + 9] = value;
            to[at + 10] = value;
            to[at + 11] = value;
            to[at + 12] = value;
            to[at + 13] = value;
            to[at + 14] = value;
            to[at + 15] = value;
        }
    }

    /** A block's part of a column vector, again in each row of any tile. */
    static void columns(float[] vector, int column, float[] to) {
        System.arraycopy(vector, column, to, 0, WIDTH);
        for (int done = WIDTH; done < to.length; done *= 2) {
            System.arraycopy(to, 0, to, done, Math.min(done, to.length - done));
        }
    }

    /** Adds the sums over a tile's rows, column by column. */
    void addColumnSums(float[] values, int tile, float[] to, int column) {
        int length = length(tile);
        for (int from = 0; from < WIDTH; from += WIDTH / 2) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            float e = 0;
            float f = 0;
            float g = 0;
            float h = 0;
            for (int at = from; at < length; at += WIDTH) {
                a += values[at];
                b += values[at + 1];
                c += values[at + 2];
                d += values[at + 3];
                e += values[at + 4];
                f += values[at + 5];
                g += values[at + 6];
                h += values[at + 7];
            }
            to[column + from] += a;
            to[column + from + 1] += b;
            to[column + from + 2] += c;
            to[column + from + 3] += d;
            to[column + from + 4] += e;
            to[column + from + 5] += f;
            to[column + from + 6] += g;
            to[column + from + 7] += h;
        }
    }

    /** The sums over columns of a tile's rows. */
    void rowSums(float[] values, int tile, float[] to, int row) {
        int length = length(tile);
        int sum = row + tile * rowsOfTile;
        for (int at = 0; at < length; at += WIDTH, sum++) {
            to[sum] = VectorLanes.sum(values, at);
        }
    }
}
