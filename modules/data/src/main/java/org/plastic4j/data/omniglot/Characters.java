package org.plastic4j.data.omniglot;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Characters and their drawings, always the same ones under the same numbers. */
public final class Characters {
    /** Rows and columns of a drawing. */
    public static final int SIDE = Drawings.SIDE;
    /** By how many quarter turns a drawing can be turned. */
    public static final int TURNS = 4;

    private static final float FULL = 255;

    private final List<String> names;
    private final int[] first;
    private final int[] count;
    private final byte[] ink;

    Characters(List<String> names, int[] first, int[] count, byte[] ink) {
        this.names = List.copyOf(names);
        this.first = first;
        this.count = count;
        this.ink = ink;
    }

    /** @return how many characters there are */
    public int count() {
        return names.size();
    }

    /**
     * @param character its number, from 0
     * @return its name, as in "Greek/character07"
     */
    public String name(int character) {
        return names.get(character);
    }

    /**
     * @param character its number, from 0
     * @return how many drawings there are of it
     */
    public int drawings(int character) {
        return count[character];
    }

    /** @return the fewest drawings that there are of any character */
    public int fewestDrawings() {
        return Arrays.stream(count).min().orElse(0);
    }

    /** All drawings of a character, which compare by their pixels. */
    ByteBuffer drawn(int character) {
        return ByteBuffer.wrap(ink, first[character] * Drawings.PIXELS, count[character] * Drawings.PIXELS);
    }

    /**
     * Writes a drawing, row after row: 0 for paper, 1 for ink, and between them the share of a pixel that is ink.
     *
     * @param character its number, from 0
     * @param drawing which of its drawings, from 0
     * @param turns by how many quarter turns to the left it is turned, 0 to 3
     * @param into receives SIDE times SIDE numbers
     * @param at from where on
     */
    public void write(int character, int drawing, int turns, float[] into, int at) {
        Objects.checkIndex(drawing, count[character]);
        Objects.checkIndex(turns, TURNS);
        int last = SIDE - 1;
        int from = (first[character] + drawing) * Drawings.PIXELS;
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                int pixel = switch (turns) {
                    case 0 -> i * SIDE + j;
                    case 1 -> j * SIDE + last - i;
                    case 2 -> (last - i) * SIDE + last - j;
                    default -> (last - j) * SIDE + i;
                };
                into[at + i * SIDE + j] = (ink[from + pixel] & 0xff) / FULL;
            }
        }
    }
}
