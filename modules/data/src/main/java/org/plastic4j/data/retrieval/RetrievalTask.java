package org.plastic4j.data.retrieval;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Associative retrieval (Ba, Hinton, Mnih, Leibo and Ionescu, <a href="https://arxiv.org/abs/1610.06258">Using fast weights
 * to attend to the recent past</a>, NIPS 2016, section 4.1): distinct letters with a digit each, two question marks, and one
 * of the letters again. The answer is its digit: 9 for {@code c9k8j3??c}.
 *
 * @param pairs letters with a digit, from 1 to {@link #LETTERS}
 */
public record RetrievalTask(int pairs) {
    /** How many letters there are. */
    public static final int LETTERS = 26;
    /** How many digits there are. */
    public static final int DIGITS = 10;
    /** How many symbols there are: the letters, then the digits, then the question mark. */
    public static final int SYMBOLS = LETTERS + DIGITS + 1;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789?";
    private static final String QUESTION = "??";

    /**
     * Checks the number of pairs.
     *
     * @param pairs letters with a digit, from 1 to {@link #LETTERS}
     */
    public RetrievalTask {
        if (pairs < 1 || pairs > LETTERS) {
            throw new IllegalArgumentException(
                    "RetrievalTask: pairs: expected between 1 and " + LETTERS + ", found " + pairs + ".");
        }
    }

    /** {@return the length of a sequence, T} */
    public int steps() {
        return 2 * pairs + QUESTION.length() + 1;
    }

    /** {@return how many different sequences there are; as a double, since they soon are more than a long holds} */
    public double possible() {
        double count = pairs;
        for (int pair = 0; pair < pairs; pair++) {
            count *= (LETTERS - pair) * DIGITS;
        }
        return count;
    }

    /** A random sequence, each as probable as any other. */
    String draw(RandomGenerator random) {
        char[] letters = ALPHABET.substring(0, LETTERS).toCharArray();
        StringBuilder text = new StringBuilder(steps());
        for (int pair = 0; pair < pairs; pair++) {
            int other = pair + random.nextInt(LETTERS - pair);
            char letter = letters[other];
            letters[other] = letters[pair];
            letters[pair] = letter;
            text.append(letter).append(ALPHABET.charAt(LETTERS + random.nextInt(DIGITS)));
        }
        return text.append(QUESTION).append(letters[random.nextInt(pairs)]).toString();
    }

    /** The digit that stands behind the sequence's last letter where that comes first. */
    static char answer(String sequence) {
        return sequence.charAt(sequence.indexOf(sequence.charAt(sequence.length() - 1)) + 1);
    }

    /**
     * A symbol by its index in one-hot vectors.
     *
     * @param index from 0 to {@link #SYMBOLS} - 1
     * @return the symbol
     */
    public static char symbol(int index) {
        return ALPHABET.charAt(index);
    }

    /** Sequences as one-hot vectors, [T, B, SYMBOLS], and their answers, [B, SYMBOLS]. */
    MultiDataSet oneHot(String... sequences) {
        int batch = sequences.length;
        float[] inputs = new float[Math.multiplyExact(Math.multiplyExact(steps(), batch), SYMBOLS)];
        float[] targets = new float[batch * SYMBOLS];
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < steps(); t++) {
                inputs[(t * batch + b) * SYMBOLS + ALPHABET.indexOf(sequences[b].charAt(t))] = 1;
            }
            targets[b * SYMBOLS + ALPHABET.indexOf(answer(sequences[b]))] = 1;
        }
        INDArray input = Nd4j.createFromArray(inputs).reshape('c', steps(), batch, SYMBOLS);
        INDArray target = Nd4j.createFromArray(targets).reshape('c', batch, SYMBOLS);
        return new MultiDataSet(input, target);
    }
}
