package io.github.dl4jprune.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.acceleration.OneDnnStatus.State;
import org.deeplearning4j.config.DL4JClassLoading;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneDnnTest {
    private static final String PROPERTY = DL4JSystemProperties.DISABLE_HELPER_PROPERTY;

    @BeforeEach
    @AfterEach
    void switch_off() {
        System.clearProperty(PROPERTY);
        OneDnn.disable();
    }

    @Test
    void enabling_names_the_library() {
        OneDnnStatus status = OneDnn.enable();

        assertThat(status.state()).isEqualTo(State.ENABLED);
        assertThat(status.enabled()).isTrue();
        assertThat(status.reason()).contains("-onednn", "nd4jcpu");
    }

    @Test
    void convolution_and_batch_normalisation_get_helpers_and_nothing_else_does() {
        OneDnn.enable();

        assertThat(network().getLayers())
                .extracting(Layer::getHelper)
                .satisfiesExactly(
                        helper -> assertThat(helper).isInstanceOf(OneDnnConvolution.class),
                        helper -> assertThat(helper).isInstanceOf(FastBatchNormalization.class),
                        helper -> assertThat(helper).isNull(),
                        helper -> assertThat(helper).isNull(),
                        helper -> assertThat(helper).isNull());
    }

    @Test
    void networks_keep_what_they_were_built_with() {
        MultiLayerNetwork before = network();
        OneDnn.enable();
        MultiLayerNetwork between = network();
        OneDnn.disable();

        assertThat(before.getLayer(0).getHelper()).isNull();
        assertThat(between.getLayer(0).getHelper()).isNotNull();
        assertThat(network().getLayer(0).getHelper()).isNull();
    }

    @Test
    void a_clone_made_after_the_switch_is_accelerated() {
        MultiLayerNetwork before = network();

        OneDnn.enable();

        assertThat(before.clone().getLayer(0).getHelper()).isNotNull();
    }

    @Test
    void enabling_twice_installs_once_and_disabling_restores_the_class_loader() {
        ClassLoader original = DL4JClassLoading.getDl4jClassloader();

        OneDnn.enable();
        ClassLoader installed = DL4JClassLoading.getDl4jClassloader();
        OneDnn.enable();

        assertThat(DL4JClassLoading.getDl4jClassloader()).isSameAs(installed).isNotSameAs(original);
        OneDnn.disable();
        assertThat(DL4JClassLoading.getDl4jClassloader()).isSameAs(original);
        assertThat(OneDnn.status().state()).isEqualTo(State.NOT_ENABLED);
    }

    @Test
    void every_other_class_is_found_as_before() {
        OneDnn.enable();

        assertThat(DL4JClassLoading.<Object>loadClassByName(OneDnnTest.class.getName()))
                .isSameAs(OneDnnTest.class);
    }

    @Test
    void the_property_of_dl4j_wins() {
        System.setProperty(PROPERTY, "true");

        OneDnnStatus status = OneDnn.enable();

        assertThat(status.state()).isEqualTo(State.REFUSED_BY_PROPERTY);
        assertThat(status.enabled()).isFalse();
        assertThat(status.reason()).contains(PROPERTY);
        assertThat(network().getLayer(0).getHelper()).isNull();
    }

    @Test
    void disabling_restores_the_property() {
        System.setProperty(PROPERTY, "false");

        OneDnn.enable();
        OneDnn.disable();

        assertThat(System.getProperty(PROPERTY)).isEqualTo("false");
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                .layer(new BatchNormalization())
                .layer(new LocalResponseNormalization())
                .layer(new SubsamplingLayer.Builder().build())
                .layer(new CnnLossLayer.Builder().build())
                .setInputType(InputType.convolutional(8, 8, 3))
                .build());
        network.init();
        return network;
    }
}
