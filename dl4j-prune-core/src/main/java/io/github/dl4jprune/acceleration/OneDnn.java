package io.github.dl4jprune.acceleration;

import io.github.dl4jprune.acceleration.OneDnnStatus.State;
import java.util.Map;
import org.deeplearning4j.config.DL4JClassLoading;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The switch for fast convolutions and batch normalisations on a CPU.
 *
 * <p>DL4J 1.0.0-M2.1 carries layer helpers for oneDNN and never uses them: they are off by a system property, and they
 * look for a class that was moved. {@link #enable()} puts both right for every network built after it in this virtual
 * machine; nothing else about the network changes, and no class of a foreign package is needed on the class path.
 *
 * <pre>{@code
 * OneDnnStatus status = OneDnn.enable();
 * ComputationGraph network = ComputationGraph.load(file, true); // built after the switch: fast
 * }</pre>
 *
 * <p>Used are the helpers for {@code Convolution2D} and {@code BatchNormalization} on FLOAT data; every other layer and
 * data type runs as always. Outputs and gradients equal those of the built-in path to rounding (about 1e-6 of their
 * scale). A network that was built before the switch stays as it was: {@code network.clone()} makes a fast one.
 *
 * <p>oneDNN needs the native library that contains it: {@code nd4j-native} with classifier {@code linux-x86_64-onednn}
 * (or the same of another platform) beside the default one; ND4J then prefers it. All methods may be called from any
 * thread.
 */
public final class OneDnn {
    private static final String PROPERTY = DL4JSystemProperties.DISABLE_HELPER_PROPERTY;
    private static final Map<String, Class<?>> HELPERS = Map.of(
            "org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper", OneDnnConvolution.class,
            "org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper", FastBatchNormalization.class,
            "org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper", NoSubsampling.class);

    private static @Nullable ClassLoader loaderBefore;
    private static @Nullable String propertyBefore;

    private OneDnn() {}

    /**
     * Lets every network built from now on use the helpers, if this machine and class path can. Calling it again
     * changes nothing. It is refused, without an error, where the system property
     * {@code org.eclipse.deeplearning4j.helpers.disable} was set to {@code true}.
     *
     * @return whether it worked and, if not, why
     */
    public static synchronized OneDnnStatus enable() {
        OneDnnStatus obstacle = obstacle();
        if (obstacle != null) {
            return obstacle;
        }
        if (!installed()) {
            loaderBefore = DL4JClassLoading.getDl4jClassloader();
            DL4JClassLoading.setDl4jClassloader(new StandInLoader(loaderBefore, HELPERS));
            propertyBefore = System.setProperty(PROPERTY, "false");
        }
        return status();
    }

    /** Lets networks built from now on use DL4J's built-in path; networks that exist keep what they were built with. */
    public static synchronized void disable() {
        if (installed()) {
            DL4JClassLoading.setDl4jClassloader(loaderBefore);
            if (propertyBefore == null) {
                System.clearProperty(PROPERTY);
            } else {
                System.setProperty(PROPERTY, propertyBefore);
            }
        }
    }

    /** Whether a network built now would use the helpers. */
    public static synchronized OneDnnStatus status() {
        OneDnnStatus obstacle = obstacle();
        if (obstacle != null) {
            return obstacle;
        }
        return installed()
                ? new OneDnnStatus(State.ENABLED, "networks built from now on use oneDNN in " + NativeLibrary.path())
                : new OneDnnStatus(State.NOT_ENABLED, "OneDnn.enable() was not called");
    }

    private static boolean installed() {
        return DL4JClassLoading.getDl4jClassloader() instanceof StandInLoader;
    }

    private static @Nullable OneDnnStatus obstacle() {
        if (Boolean.parseBoolean(System.getProperty(PROPERTY, "false"))) {
            return new OneDnnStatus(State.REFUSED_BY_PROPERTY, "system property " + PROPERTY + " is true");
        }
        if (!Nd4j.getEnvironment().isCPU()) {
            return new OneDnnStatus(State.OTHER_BACKEND, "the ND4J backend is not the CPU");
        }
        if (!NativeLibrary.containsOneDnn()) {
            return new OneDnnStatus(
                    State.LIBRARY_WITHOUT_ONEDNN,
                    "ND4J loaded " + NativeLibrary.path() + ", which was built without oneDNN; add nd4j-native with"
                            + " classifier linux-x86_64-onednn, or the same of your platform, to the class path");
        }
        return null;
    }
}
