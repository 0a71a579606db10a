/** PyTorch's implementation of the comparison, through DJL. */
package org.plastic4j.benchmarks.pytorch;
