/**
 * Kernels for floats on the incubating Vector API, which classes called {@code Vector...} alone use. Nothing names this
 * package: {@code op.Kernels} finds it where the JVM is fit for it. Internal: it changes without notice.
 */
package org.plastic4j.core.kernel.vector;
