/** Kernels that are assembled at run time. */
package org.plastic4j.core.kernel.compiled;
