/** The kernel of rules that cannot be compiled: their definition, in chunks of steps. Internal: it changes without notice. */
package org.plastic4j.core.kernel.unrolled;
