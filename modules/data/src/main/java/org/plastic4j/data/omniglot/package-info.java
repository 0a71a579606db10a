/** Handwritten characters and episodes of one-shot classification: Omniglot's, or generated ones. */
package org.plastic4j.data.omniglot;
