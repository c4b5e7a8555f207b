package io.github.dl4jprune.randomnetworks;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A batch that fits a sketch. */
final class Data {
    private final Sketch sketch;
    private final Choices choices;
    private final int batch;

    Data(Sketch sketch, Choices choices) {
        this.sketch = sketch;
        this.choices = choices;
        this.batch = choices.between(3, 4);
    }

    INDArray[] inputs() {
        return sketch.sources().stream().map(this::input).toArray(INDArray[]::new);
    }

    private INDArray input(Sketch.Source source) {
        long[] shape = source.type().getShape(true);
        shape[0] = batch;
        return fill(shape, source.vocabulary());
    }

    private INDArray fill(long[] shape, int vocabulary) {
        INDArray values = Nd4j.create(DataType.DOUBLE, shape);
        double[] drawn = new double[(int) values.length()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = vocabulary > 0 ? choices.between(0, vocabulary - 1) : choices.gaussian();
        }
        return values.assign(Nd4j.createFromArray(drawn).reshape(shape));
    }

    /** Labels of the shapes of the outputs. */
    INDArray[] labels(INDArray[] outputs) {
        INDArray[] labels = new INDArray[outputs.length];
        int i = 0;
        for (var output : sketch.outputs().entrySet()) {
            boolean last = !new Flow(
                            output.getKey(),
                            java.util.Objects.requireNonNull(sketch.types().get(output.getKey())))
                    .channelsFirst();
            labels[i] = switch (output.getValue()) {
                case REAL -> fill(outputs[i].shape(), 0);
                case ONE_HOT -> oneHot(outputs[i].shape(), last ? outputs[i].rank() - 1 : 1);
                case BOXES -> boxes(outputs[i].shape());
            };
            i++;
        }
        return labels;
    }

    private INDArray oneHot(long[] shape, int axis) {
        INDArray labels = Nd4j.create(DataType.DOUBLE, shape);
        long vectors = labels.length() / shape[axis];
        for (int i = 0; i < vectors; i++) {
            labels.tensorAlongDimension(i, axis).putScalar(choices.between(0, (int) shape[axis] - 1), 1);
        }
        return labels;
    }

    /** One box and its class per example, the centre in a random cell: [x1, y1, x2, y2, one-hot class] by channel. */
    private INDArray boxes(long[] shape) {
        int classes = shape[1] % 7 == 0 ? 2 : 3;
        INDArray labels = Nd4j.create(DataType.DOUBLE, shape[0], 4 + classes, shape[2], shape[3]);
        for (int example = 0; example < shape[0]; example++) {
            int row = choices.between(0, (int) shape[2] - 1);
            int column = choices.between(0, (int) shape[3] - 1);
            double[] corners = {column + 0.2, row + 0.1, column + 0.9, row + 0.8};
            for (int i = 0; i < corners.length; i++) {
                labels.putScalar(new int[] {example, i, row, column}, corners[i]);
            }
            labels.putScalar(new int[] {example, 4 + choices.between(0, classes - 1), row, column}, 1);
        }
        return labels;
    }
}
