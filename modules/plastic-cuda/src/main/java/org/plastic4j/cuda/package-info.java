/** Lifetimes on NVIDIA GPUs, by kernels of CUDA C++ that stand in this module's {@code src/main/cuda}. */
package org.plastic4j.cuda;
