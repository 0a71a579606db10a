/** A runnable example of the plastic layer in a MultiLayerNetwork. */
package org.plastic4j.dl4j.example;
