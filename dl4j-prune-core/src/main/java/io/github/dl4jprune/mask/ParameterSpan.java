package io.github.dl4jprune.mask;

/**
 * Where one parameter lies in a network's flat parameter vector.
 *
 * @param node the layer or vertex that owns it
 * @param key its key in that node's table, such as {@code W}
 * @param start position of its first value
 * @param length number of its values, at least 1
 */
public record ParameterSpan(String node, String key, int start, int length) {
    /** Checks the numbers. */
    public ParameterSpan {
        if (start < 0 || length < 1) {
            throw new IllegalArgumentException("parameter \"" + node + "_" + key
                    + "\": start must be at least 0 and length at least 1, got " + start + " and " + length);
        }
    }

    /** The parameter's name, {@code NODE_KEY}, as DL4J names parameters. */
    public String name() {
        return node + "_" + key;
    }

    /** The position behind the last value. */
    public int end() {
        return start + length;
    }
}
