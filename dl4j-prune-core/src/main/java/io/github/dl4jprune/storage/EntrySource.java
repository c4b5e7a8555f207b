package io.github.dl4jprune.storage;

import java.util.List;

/** The named parts of a model, wherever they lie. */
interface EntrySource {
    List<String> names();

    boolean has(String name);

    /** Asked only for names that are there. */
    byte[] content(String name);
}
