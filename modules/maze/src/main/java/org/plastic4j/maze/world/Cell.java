package org.plastic4j.maze.world;

/**
 * A cell of a maze.
 *
 * @param row from 0 at the top, the outer wall
 * @param column from 0 at the left, the outer wall
 */
public record Cell(int row, int column) {
    Cell towards(Direction direction) {
        return new Cell(row + direction.rows(), column + direction.columns());
    }
}
