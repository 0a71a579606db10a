/**
 * What a fused op computes: its inputs in their order, its arguments, and checks of shapes. Internal: it changes
 * without notice.
 */
package org.plastic4j.core.spec;
