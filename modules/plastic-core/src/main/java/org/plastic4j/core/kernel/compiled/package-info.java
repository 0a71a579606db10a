/** Kernels that are assembled at run time. Internal: it changes without notice. */
package org.plastic4j.core.kernel.compiled;
