package org.plastic4j.training.figure;

/** Colours of signed numbers: blue below 0, white at 0, red above. */
public final class SignedColors {
    private static final int[] BLUE = {0x0b, 0x4a, 0x9e};
    private static final int[] WHITE = {0xf7, 0xf7, 0xf7};
    private static final int[] RED = {0xb0, 0x1c, 0x2e};

    private SignedColors() {}

    /**
     * @param fraction a number from -1 to 1; what is beyond has the end's colour, what is no number is black
     * @return its colour as 0xRRGGBB
     */
    public static int rgb(double fraction) {
        if (Double.isNaN(fraction)) {
            return 0;
        }
        double size = Math.min(1, Math.abs(fraction));
        int[] end = fraction < 0 ? BLUE : RED;
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            rgb = rgb << 8 | (int) Math.round(WHITE[channel] + size * (end[channel] - WHITE[channel]));
        }
        return rgb;
    }
}
