/** What all of training needs: usage errors, failures, seeds, threads, the device. */
package org.plastic4j.training;
