/** What a device such as a GPU implements to compute lifetimes; found by {@link java.util.ServiceLoader}. */
package org.plastic4j.core.accelerator;
