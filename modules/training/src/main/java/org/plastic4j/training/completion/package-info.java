/** Networks that complete patterns, their training on an accelerator, and what experiments with binary patterns report. */
package org.plastic4j.training.completion;
