package org.plastic4j.live.run;

/** How a run is. */
public enum RunState {
    /** It goes on. */
    RUNNING,
    /** It ended by itself. */
    FINISHED,
    /** It was stopped with a checkpoint, and can be resumed. */
    INTERRUPTED,
    /** Nobody writes it any more, and it has no end: it was killed, or failed. */
    DIED
}
