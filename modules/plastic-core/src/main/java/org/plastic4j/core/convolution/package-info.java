/** What a stack of convolutions is: its layers, their shapes, their parameters and how they begin. */
package org.plastic4j.core.convolution;
