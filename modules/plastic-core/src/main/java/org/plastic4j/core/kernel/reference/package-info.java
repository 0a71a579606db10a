/**
 * Kernels in plain loops and double precision, for any JVM: the readable definition of every kernel. Internal: it changes
 * without notice.
 */
package org.plastic4j.core.kernel.reference;
