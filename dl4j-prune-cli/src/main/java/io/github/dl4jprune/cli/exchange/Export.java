package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.console.Names;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.cli.input.OnnxFile;
import io.github.dl4jprune.cli.input.OnnxMetadata;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.onnx.ExportedModel;
import io.github.dl4jprune.onnx.OnnxExporter;
import io.github.dl4jprune.storage.OutputFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;

/** Writes a model file as ONNX. */
final class Export {
    private final ExportCommand asked;

    Export(ExportCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        if (!OnnxFile.named(asked.out)) {
            throw new IllegalArgumentException("--out must name an .onnx file, got \"" + asked.out + "\"");
        }
        OutputFile.checkWritable(asked.out);
        asked.output.check();
        SavedModel model = asked.inputShape.applyTo(Models.open(asked.model));
        InputTypes types = ModelInputs.types(model);
        ExportedModel exported = exporter(model, types).export();
        exported.write(asked.out);
        Map<String, Object> result = result(exported, types);
        asked.output.finish(
                "%s: opset %d, %d operators, %d batch normalisations folded, input %s%s, written to %s"
                        .formatted(
                                asked.model,
                                asked.opset,
                                exported.model().getGraph().getNodeCount(),
                                exported.folded().size(),
                                ModelInputs.text(types.shapes()),
                                asked.withNormalisation ? " (raw)" : "",
                                asked.out),
                result);
        return 0;
    }

    private OnnxExporter exporter(SavedModel model, InputTypes types) throws IOException {
        OnnxExporter exporter = OnnxExporter.of(model.network())
                .opset(asked.opset)
                .inputShapes(types.shapes().toArray(long[][]::new))
                .metadata(OnnxMetadata.MACS, String.valueOf(Models.cost(model).macs()))
                .metadata(
                        OnnxMetadata.NORMALISATION,
                        asked.withNormalisation ? OnnxMetadata.INCLUDED : OnnxMetadata.LEFT_OUT);
        if (asked.foldBn) {
            exporter.foldBatchNormalization();
        }
        if (!asked.dataType.isEmpty()) {
            Names.require("--data-type", asked.dataType, List.of("float", "double"));
            exporter.dataType(DataType.valueOf(asked.dataType.toUpperCase(Locale.ROOT)));
        }
        if (asked.withNormalisation) {
            exporter.normalizer(normalizer(model, types));
        } else if (model.normalizer() != null) {
            exporter.metadata(OnnxMetadata.NORMALISER, OnnxMetadata.text(model.normalizer()));
        }
        return exporter;
    }

    private DataNormalization normalizer(SavedModel model, InputTypes types) {
        if (model.normalizer() != null) {
            return model.normalizer();
        }
        if (types.types().get(0) instanceof InputTypeConvolutional) {
            return new ImagePreProcessingScaler(0, 1);
        }
        throw new IllegalArgumentException(
                "--with-normalisation needs a normaliser in \"" + asked.model + "\" or images as its input");
    }

    private Map<String, Object> result(ExportedModel exported, InputTypes types) {
        Map<String, Integer> operators = new TreeMap<>();
        exported.model().getGraph().getNodeList().forEach(node -> operators.merge(node.getOpType(), 1, Integer::sum));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("opset", asked.opset);
        result.put("bytes", asked.out.toFile().length());
        result.put("inputShapes", types.shapes());
        result.put("operators", operators);
        result.put("foldedBatchNormalizations", exported.folded());
        return result;
    }
}
