package org.plastic4j.maze.world;

import java.util.List;

/** Where an agent in a maze can go: one cell a step. */
public enum Direction {
    /** A row up. */
    UP(-1, 0),
    /** A row down. */
    DOWN(1, 0),
    /** A column to the left. */
    LEFT(0, -1),
    /** A column to the right. */
    RIGHT(0, 1);

    /** All of them, by the number of the action. */
    static final List<Direction> ALL = List.of(values());

    private final int rows;
    private final int columns;

    Direction(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }
}
