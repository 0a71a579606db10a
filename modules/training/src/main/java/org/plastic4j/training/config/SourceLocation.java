package org.plastic4j.training.config;

/**
 * Where a value was written.
 *
 * @param source a file, a resource or an option, as the user knows it
 * @param line its line, from 1; 0 where there is none, as in an option
 */
record SourceLocation(String source, int line) {
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
