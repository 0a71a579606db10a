/**
 * The interfaces behind which kernels compute, the checked arrays that they get, and the threads they run in. Internal: it
 * changes without notice.
 */
package org.plastic4j.core.kernel;
