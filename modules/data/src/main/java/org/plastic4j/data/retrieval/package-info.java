/** Associative retrieval: pairs of a letter and a digit, then one of the letters, whose digit is the answer. */
package org.plastic4j.data.retrieval;
