package io.github.dl4jprune.acceleration;

import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/** The native library of ND4J that this virtual machine loaded. */
final class NativeLibrary {
    private static final String NAME = "nd4jcpu";
    private static final String UNKNOWN = "an unknown library";

    private NativeLibrary() {}

    /** True if the folder the library was loaded from carries the name of the builds with oneDNN. */
    static boolean containsOneDnn() {
        return path().contains("-onednn");
    }

    /** Where the library was loaded from. */
    static String path() {
        Nd4j.getExecutioner(); // loads the library, unless that happened long ago
        for (Map.Entry<String, String> library : Loader.getLoadedLibraries().entrySet()) {
            if (library.getKey().contains(NAME)) {
                return library.getValue();
            }
        }
        return UNKNOWN;
    }
}
