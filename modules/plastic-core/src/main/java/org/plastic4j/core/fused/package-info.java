/** The in-graph lifetime op, its gradient op, the kernels behind them and the session that runs them. */
package org.plastic4j.core.fused;
