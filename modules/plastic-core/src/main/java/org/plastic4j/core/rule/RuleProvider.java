package org.plastic4j.core.rule;

/**
 * Makes a rule known by its key, as configurations name it. Rules of your own are found by {@link
 * java.util.ServiceLoader}: name the implementation, which needs a public constructor without arguments, in the file
 * {@code META-INF/services/org.plastic4j.core.rule.RuleProvider} of your jar.
 */
public interface RuleProvider {
    /** {@return the rule's key: small letters, digits and underscores, a letter first; none that another rule has} */
    String key();

    /**
     * The rule.
     *
     * @param bound of the traces, for rules that have one; of no effect for others
     * @return a rule with this key and, where it has one, this bound
     */
    PlasticityRule create(double bound);
}
