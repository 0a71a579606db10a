/** What experiments with binary patterns share: their measure, and what they show in the report. */
package org.plastic4j.training.completion;
