/**
 * Associative retrieval: pairs of a letter and a digit are shown, then one of the letters, and the network answers its digit.
 * An RNN, an LSTM, fast weights, a neuromodulated network and short-term plasticity neurons on the same sequences.
 */
package org.plastic4j.associativeretrieval;
