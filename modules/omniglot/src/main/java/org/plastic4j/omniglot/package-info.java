/** Classify characters after having seen one drawing of each: the third experiment of the paper. */
package org.plastic4j.omniglot;
