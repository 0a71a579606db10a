/**
 * The plastic layer for Deeplearning4j's networks. {@link org.plastic4j.dl4j.PlasticRnn} is what goes into a configuration;
 * the rest is what Deeplearning4j makes of it.
 */
package org.plastic4j.dl4j;
