/**
 * Why plasticity: two patterns of 50 bits are memorised and completed by a plastic network, by a recurrent network without
 * plasticity and by an LSTM, on the same lifetimes.
 */
package org.plastic4j.baselines;
