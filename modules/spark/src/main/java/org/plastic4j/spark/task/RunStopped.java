package org.plastic4j.spark.task;

/** An attempt of a run that has failed; another one may do better. The message is one sentence. */
final class RunStopped extends Exception {
    RunStopped(String sentence) {
        super(sentence);
    }

    RunStopped(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
