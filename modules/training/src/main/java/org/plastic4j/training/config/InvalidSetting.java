package org.plastic4j.training.config;

/**
 * A setting whose value makes no sense, thrown by the compact constructors of configuration records (see
 * {@link Require}). The loader adds the path of the record and the location the value came from.
 */
public final class InvalidSetting extends IllegalArgumentException {
    private final String setting;

    /**
     * @param setting the name of the record's component, or a dotted path below the record
     * @param expected what would have been right, as in "a positive integer"
     * @param found what was there instead
     */
    public InvalidSetting(String setting, String expected, Object found) {
        super("expected " + expected + ", found " + found);
        this.setting = setting;
    }

    /** @return the name of the record's component, or a dotted path below the record */
    public String setting() {
        return setting;
    }

    /** @return what was expected and what was found, without the setting's name */
    public String problem() {
        return super.getMessage();
    }

    @Override
    public String getMessage() {
        return setting + ": " + problem();
    }
}
