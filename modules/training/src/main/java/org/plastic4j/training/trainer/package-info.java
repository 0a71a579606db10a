/** The loop of training, and what an experiment brings to it. */
package org.plastic4j.training.trainer;
