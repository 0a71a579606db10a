/**
 * The fused ops of SameDiff graphs, the session that runs them, and the choice of their kernels. Internal: it changes
 * without notice.
 */
package org.plastic4j.core.op;
