package org.plastic4j.maze.world;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the walls of a square maze are: all around, and, with pillars, in every cell whose row and column are both even.
 * The centre is always free.
 */
public final class Layout {
    private final int size;
    private final boolean[] wall;
    private final List<Cell> free;

    /**
     * @param size rows and columns, outer walls included: odd, at least 1
     * @param pillars whether there are pillars
     * @throws IllegalArgumentException if the size is even or below 1
     */
    public Layout(int size, boolean pillars) {
        if (size < 1 || size % 2 == 0) {
            throw new IllegalArgumentException(
                    "Layout: expected an odd number of rows and columns, so that there is a centre, found " + size
                            + ".");
        }
        this.size = size;
        wall = new boolean[size * size];
        List<Cell> cells = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                boolean outer = row == 0 || column == 0 || row == size - 1 || column == size - 1;
                boolean centre = row == size / 2 && column == size / 2;
                boolean pillar = pillars && row % 2 == 0 && column % 2 == 0 && !centre;
                wall[row * size + column] = outer || pillar;
                if (!outer && !pillar) {
                    cells.add(new Cell(row, column));
                }
            }
        }
        free = List.copyOf(cells);
    }

    /** @return rows and columns, outer walls included */
    public int size() {
        return size;
    }

    /** @return all cells without a wall, row by row */
    public List<Cell> free() {
        return free;
    }

    /** @return the cell in the middle */
    public Cell centre() {
        return new Cell(size / 2, size / 2);
    }

    /**
     * @param cell a cell
     * @return whether the maze has it
     */
    public boolean contains(Cell cell) {
        return cell.row() >= 0 && cell.row() < size && cell.column() >= 0 && cell.column() < size;
    }

    /**
     * @param cell a cell of the maze
     * @return whether a wall is there
     */
    public boolean isWall(Cell cell) {
        return wall[cell.row() * size + cell.column()];
    }

    /**
     * Writes the cells around one, and itself in the middle, row by row: 1 for a wall, 0 for none.
     *
     * @param cell a free cell
     */
    void around(Cell cell, float[] into, int at) {
        int next = at;
        for (int row = cell.row() - 1; row <= cell.row() + 1; row++) {
            for (int column = cell.column() - 1; column <= cell.column() + 1; column++) {
                into[next++] = wall[row * size + column] ? 1 : 0;
            }
        }
    }

    /**
     * The maze as text, a line a row: {@code #} a wall, {@code .} a free cell, {@code A} the agent, {@code R} the reward,
     * {@code X} both at once.
     *
     * @param agent where the agent is
     * @param reward where the reward is
     * @return the lines, each with its end
     */
    public String text(Cell agent, Cell reward) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                Cell cell = new Cell(row, column);
                char sign = isWall(cell) ? '#' : '.';
                if (cell.equals(agent)) {
                    sign = cell.equals(reward) ? 'X' : 'A';
                } else if (cell.equals(reward)) {
                    sign = 'R';
                }
                text.append(sign);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
