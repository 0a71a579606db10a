/** Small gray pictures to be memorised and completed: CIFAR-10's, or generated ones. */
package org.plastic4j.data.pictures;
