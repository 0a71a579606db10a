package org.plastic4j.data.pictures;

/** Gray pictures of {@value #SIDE} by {@value #SIDE} pixels, always the same ones under the same indexes. */
public interface Pictures {
    /** Rows and columns of every picture. */
    int SIDE = 32;

    /** @return how many there are */
    int count();

    /**
     * One picture.
     *
     * @param index which, from 0 to {@link #count} - 1
     * @return its gray levels from 0, black, to 1, white, row after row; the caller's to keep
     * @throws IndexOutOfBoundsException if there is no such picture
     */
    float[] gray(int index);
}
