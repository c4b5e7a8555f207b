package io.github.dl4jprune.examples.pages;

/**
 * What the snippets of one page may use without showing it: the fields of a subclass, and files in the working directory that
 * its constructor writes. A new one is made for every snippet.
 */
public abstract class Page {
    /** Does what the snippet does. */
    public abstract void run() throws Exception;

    /**
     * What a program of the page is called with; nothing, unless the page says so.
     *
     * @param program name of its class
     */
    protected String[] arguments(String program) {
        return new String[0];
    }

    /**
     * Looks at what came of it.
     *
     * @param snippet the code that was run
     */
    public void check(String snippet) {}
}
