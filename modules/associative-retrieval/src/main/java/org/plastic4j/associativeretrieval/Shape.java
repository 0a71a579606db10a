package org.plastic4j.associativeretrieval;

/**
 * The sizes of a network.
 *
 * @param steps the length of a sequence, T
 * @param batch sequences in a batch, B
 * @param symbols values of an input and of an answer, m
 * @param units of the recurrent layer, n
 */
record Shape(int steps, int batch, int symbols, int units) {}
