/**
 * Training that stays on an accelerator: what a device implements for it beside {@link
 * org.plastic4j.core.accelerator.LifetimeAccelerator}, and how a program uses it.
 */
package org.plastic4j.devicetraining;
