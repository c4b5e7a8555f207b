package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

class PublishedWeightsTest {
    /**
     * The logarithms of the ten class probabilities of the first test image. Made with NumPy 2.4 in double precision
     * from the same arrays, each network written out by hand in the axis order of its checkpoint; the core of it:
     *
     * <pre>{@code
     * def conv(x, w, s, p):  # x NCHW, w OIHW
     *     xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))); k = w.shape[2]; h = (xp.shape[2] - k) // s + 1
     *     return sum(np.einsum('oc,nchw->nohw', w[:, :, i, j], xp[:, :, i:i+s*(h-1)+1:s, j:j+s*(h-1)+1:s])
     *                for i in range(k) for j in range(k))
     * def norm(x, g, b, m, v, e=1e-5): s = g / np.sqrt(v + e); return x * s[:, None, None] + (b - m * s)[:, None, None]
     * gelu = lambda x: x * .5 * (1 + scipy.special.erf(x / 2 ** .5))
     * logp = lambda y: y - y.max() - np.log(np.exp(y - y.max()).sum())
     * }</pre>
     */
    @ParameterizedTest
    @CsvSource({
        "resnet20, resnet20, 1e-5, '-29.040202, -24.226289, -22.853262, -0.000000, -27.835556, -19.266784, -23.964866,"
                + " -29.148445, -27.442311, -33.612697'",
        "resnet56, resnet56, 1e-5, '-24.965064, -20.986301, -20.155214, -0.000000, -24.537138, -16.417492, -20.950343,"
                + " -20.374476, -21.235254, -24.844366'",
        "vgg16_w32, vgg16, 1e-5, '-5.563794, -5.489159, -5.398857, -0.043778, -5.518271, -4.696154, -5.429461,"
                + " -5.490149, -5.362954, -5.520543'",
        "densenet40_12_fast, densenet40, 1e-5, '-12.350439, -16.204527, -14.411460, -0.000333, -21.382220, -8.059509,"
                + " -11.357304, -15.576548, -16.299231, -15.609417'",
        "dwsep_light, dwsep, 0.03, '-14.589712, -12.370123, -13.355910, -0.000024, -20.479304, -11.365620, -12.080347,"
                + " -18.701640, -17.816847, -19.145552'", // exact GELU, which DL4J can only approximate
        "resnet8, resnet8, 1e-5, '-11.720216, -8.526004, -9.789905, -0.001437, -15.513483, -6.879480, -8.977532,"
                + " -12.254536, -11.164824, -16.504236'",
        "lenet5_mnist, lenet5, 1e-5, '-15.537176, -8.604032, -9.292717, -5.516865, -13.991301, -11.680727, -19.844526,"
                + " -0.004457, -10.008036, -9.227146'"
    })
    void an_imported_network_computes_what_its_arrays_say(String file, String name, double tolerance, String golden)
            throws IOException {
        Architecture architecture = Architecture.named(name);
        ModelOptions options =
                new ModelOptions.Builder().dataType(DataType.DOUBLE).build();
        ImportedModel model = CheckpointImport.npz(Shared.weights(file + ".npz"), architecture, options);
        TestImages first = "lenet5".equals(name)
                ? TestImages.mnist(0, 1, DataType.DOUBLE)
                : TestImages.cifar(0, 1, DataType.DOUBLE);

        INDArray logarithms = Transforms.log(Outputs.of(model, first.pixels()), true);

        double[] expected = Arrays.stream(golden.split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(logarithms.toDoubleVector()).containsExactly(expected, within(tolerance));
    }

    @Test
    void float_and_double_differ_by_rounding_alone() throws IOException {
        ModelOptions options =
                new ModelOptions.Builder().dataType(DataType.DOUBLE).build();
        Architecture architecture = Architecture.named("resnet20");
        ImportedModel exact = CheckpointImport.npz(Shared.weights("resnet20.npz"), architecture, options);
        ImportedModel rounded = CheckpointImport.npz(Shared.weights("resnet20.npz"), architecture);

        INDArray wide =
                Outputs.of(exact, TestImages.cifar(0, 20, DataType.DOUBLE).pixels());
        INDArray narrow =
                Outputs.of(rounded, TestImages.cifar(0, 20, DataType.FLOAT).pixels());

        assertThat(wide.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(narrow.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(wide.distance1(narrow.castTo(DataType.DOUBLE))).isLessThan(1e-4);
    }

    @ParameterizedTest
    @CsvSource({"resnet20, resnet20, 50", "resnet8, resnet8, 100", "vgg16_w32, vgg16, 50", "lenet5_mnist, lenet5, 100"})
    void accuracy_on_a_few_test_images_is_near_the_published_one(String file, String name, int count)
            throws IOException {
        ImportedModel model = CheckpointImport.npz(Shared.weights(file + ".npz"), Architecture.named(name));
        TestImages images = "lenet5".equals(name)
                ? TestImages.mnist(0, count, DataType.FLOAT)
                : TestImages.cifar(0, count, DataType.FLOAT);

        double accuracy = images.accuracy(model);

        assertThat(accuracy).isGreaterThanOrEqualTo(0.85);
    }
}
