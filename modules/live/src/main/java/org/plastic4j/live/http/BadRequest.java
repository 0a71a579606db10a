package org.plastic4j.live.http;

/** A request that cannot be answered; its message is the answer. */
public final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param message one sentence without a full stop: what was expected */
    public BadRequest(String message) {
        this(400, message);
    }

    /**
     * @param status HTTP's status code
     * @param message one sentence without a full stop
     */
    public BadRequest(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** @return HTTP's status code */
    public int status() {
        return status;
    }
}
