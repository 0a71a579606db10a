package org.plastic4j.data.omniglot;

/** Makes a drawing smaller: each pixel of the result is the share of its area that is ink. */
final class AreaAverage {
    private final int from;
    private final int to;
    /** The length that pixel i of the result shares with pixel j of the source; a pixel of the result is as long as {@code from}. */
    private final int[][] shared;

    AreaAverage(int from, int to) {
        this.from = from;
        this.to = to;
        shared = new int[to][from];
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < from; j++) {
                int begin = Math.max(i * from, j * to);
                int end = Math.min((i + 1) * from, (j + 1) * to);
                shared[i][j] = Math.max(0, end - begin);
            }
        }
    }

    /** From {@code from * from} pixels, true for ink, to {@code to * to} bytes, 255 for ink. */
    byte[] of(boolean[] ink) {
        int[] rows = new int[to * from];
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < from; j++) {
                for (int column = 0; shared[i][j] > 0 && column < from; column++) {
                    if (ink[j * from + column]) {
                        rows[i * from + column] += shared[i][j];
                    }
                }
            }
        }
        byte[] small = new byte[to * to];
        double whole = (double) from * from;
        for (int i = 0; i < to; i++) {
            for (int k = 0; k < to; k++) {
                long area = 0;
                for (int j = 0; j < from; j++) {
                    area += (long) rows[i * from + j] * shared[k][j];
                }
                small[i * to + k] = (byte) Math.round(255 * area / whole);
            }
        }
        return small;
    }
}
