package org.plastic4j.training;

import java.util.List;
import java.util.regex.Pattern;

/** What users and passwords in addresses are shown and stored as. */
public final class Secrets {
    private static final Pattern USER = Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://)[^/\\s]*@");

    private Secrets() {}

    /**
     * @param text any text, with addresses in it or not
     * @return the same without their users and passwords
     */
    public static String hidden(String text) {
        return USER.matcher(text).replaceAll("$1***@");
    }

    /**
     * @param arguments a command line
     * @return the same without the users and passwords in its addresses
     */
    public static List<String> hidden(List<String> arguments) {
        return arguments.stream().map(Secrets::hidden).toList();
    }
}
