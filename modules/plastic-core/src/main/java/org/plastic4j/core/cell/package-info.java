/** What a plastic layer is: its size, its plasticity, its parameters and how they begin. */
package org.plastic4j.core.cell;
