package org.plastic4j.maze;

import java.util.Arrays;
import org.plastic4j.maze.world.Cell;
import org.plastic4j.maze.world.Layout;
import org.plastic4j.training.figure.Picture;

/** Paints a maze, a square of pixels a cell, and counts how often each cell was visited. */
final class MazePainter {
    /** Pixels of a cell, odd so that there is a middle. */
    private static final int CELL = 7;

    private static final int WALL = 0x30363d;
    private static final int AGENT = 0x1f6feb;
    private static final int REWARD = 0xe36209;
    /** From a cell that was never visited to one that was visited often. */
    private static final int LIGHT = 0xff;

    private static final int DARK = 0x90;
    /** After so many visits a cell has half of the darkness there is. */
    private static final double HALF = 3;

    private final Layout layout;
    private final int[] visits;

    MazePainter(Layout layout) {
        this.layout = layout;
        visits = new int[layout.size() * layout.size()];
    }

    void visit(Cell cell) {
        visits[cell.row() * layout.size() + cell.column()]++;
    }

    /** The maze as it is now. */
    Picture frame(Cell agent, Cell reward, String label) {
        int[] rgb = ground();
        mark(rgb, reward, REWARD, CELL / 2);
        mark(rgb, agent, AGENT, CELL / 2 - 1);
        return picture(label, rgb);
    }

    /** How often each cell was visited so far. */
    Picture visits(Cell reward) {
        int[] rgb = ground();
        mark(rgb, reward, REWARD, 1);
        return picture("visits, the more the darker; the reward's cell with an orange mark", rgb);
    }

    private Picture picture(String label, int[] rgb) {
        return new Picture(label, layout.size() * CELL, layout.size() * CELL, rgb);
    }

    private int[] ground() {
        int width = layout.size() * CELL;
        int[] rgb = new int[width * width];
        for (int row = 0; row < width; row++) {
            for (int column = 0; column < width; column++) {
                Cell cell = new Cell(row / CELL, column / CELL);
                rgb[row * width + column] = layout.isWall(cell) ? WALL : shade(cell);
            }
        }
        return rgb;
    }

    private int shade(Cell cell) {
        int count = visits[cell.row() * layout.size() + cell.column()];
        double darkness = count / (count + HALF);
        return 0x010101 * (int) Math.round(LIGHT - darkness * (LIGHT - DARK));
    }

    /** A square around the middle of a cell. */
    private void mark(int[] rgb, Cell cell, int color, int radius) {
        int width = layout.size() * CELL;
        int left = cell.column() * CELL + CELL / 2 - radius;
        for (int row = cell.row() * CELL + CELL / 2 - radius; row <= cell.row() * CELL + CELL / 2 + radius; row++) {
            Arrays.fill(rgb, row * width + left, row * width + left + 2 * radius + 1, color);
        }
    }
}
