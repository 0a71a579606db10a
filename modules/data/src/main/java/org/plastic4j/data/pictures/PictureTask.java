package org.plastic4j.data.pictures;

/**
 * The picture-completion task of Miconi, Clune and Stanley (ICML 2018), section 4.2: in every cycle each picture is
 * shown once, in random order, with silence after each; then one of them is shown without its upper or its lower half.
 *
 * @param pictures how many pictures a lifetime has to memorise, at least 1
 * @param side rows and columns of a picture as it is shown: 2, 4, 8, 16 or 32, to which the data are averaged
 * @param cycles how often each picture is shown, at least 1
 * @param presentationSteps how long a picture is shown, at least 1
 * @param gapSteps how long the silence after it lasts, at least 0
 * @param testSteps how long the half picture is shown, at least 1
 */
public record PictureTask(int pictures, int side, int cycles, int presentationSteps, int gapSteps, int testSteps) {
    /**
     * Checks the sizes.
     *
     * @param pictures how many pictures a lifetime has to memorise, at least 1
     * @param side rows and columns of a picture as it is shown: 2, 4, 8, 16 or 32, to which the data are averaged
     * @param cycles how often each picture is shown, at least 1
     * @param presentationSteps how long a picture is shown, at least 1
     * @param gapSteps how long the silence after it lasts, at least 0
     * @param testSteps how long the half picture is shown, at least 1
     */
    public PictureTask {
        check("pictures", pictures, 1);
        if (!isSide(side)) {
            throw new IllegalArgumentException("PictureTask: side: expected an even number that divides "
                    + Pictures.SIDE + ", found " + side + ".");
        }
        check("cycles", cycles, 1);
        check("presentationSteps", presentationSteps, 1);
        check("gapSteps", gapSteps, 0);
        check("testSteps", testSteps, 1);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "PictureTask: " + name + ": expected at least " + least + ", found " + value + ".");
        }
    }

    /**
     * @param side rows and columns
     * @return whether pictures can be averaged to that and cut in halves
     */
    public static boolean isSide(int side) {
        return side > 0 && side % 2 == 0 && Pictures.SIDE % side == 0;
    }

    /** {@return the pixels of a picture as it is shown} */
    public int pixels() {
        return side * side;
    }

    /** {@return the length of a lifetime in steps, T} */
    public int steps() {
        return Math.addExact(
                Math.multiplyExact(Math.multiplyExact(cycles, pictures), Math.addExact(presentationSteps, gapSteps)),
                testSteps);
    }
}
