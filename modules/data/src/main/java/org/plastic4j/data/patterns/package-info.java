/** Random binary patterns to be memorised and completed. */
package org.plastic4j.data.patterns;
