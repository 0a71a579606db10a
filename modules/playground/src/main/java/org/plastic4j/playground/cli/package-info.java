/** The playground's commands. */
package org.plastic4j.playground.cli;
