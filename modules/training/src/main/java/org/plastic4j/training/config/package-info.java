/** Configurations: YAML with overrides, checked and turned into records, each error with its place. */
package org.plastic4j.training.config;
