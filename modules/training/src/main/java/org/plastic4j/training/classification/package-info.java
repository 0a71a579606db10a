/** What experiments with classes share. */
package org.plastic4j.training.classification;
